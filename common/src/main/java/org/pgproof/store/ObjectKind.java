package org.pgproof.store;

/** What one object of a backup is, told by the end of its name. */
public enum ObjectKind {
    /** The dump itself: {@code gunzip -c … | psql} restores it. */
    DUMP(".sql.gz", "application/gzip"),
    /** What the dump contains, taken while it was made. */
    MANIFEST(".manifest.json", "application/json"),
    /** What the last verification found. */
    RECEIPT(".verification.json", "application/json");

    private final String suffix;
    private final String contentType;

    ObjectKind(String suffix, String contentType) {
        this.suffix = suffix;
        this.contentType = contentType;
    }

    /** The end of the object's name, beginning with a dot. */
    public String suffix() {
        return suffix;
    }

    /** The media type that the object is stored with. */
    public String contentType() {
        return contentType;
    }
}

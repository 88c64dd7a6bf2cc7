package org.pgproof.postgres;

/** The connection settings are wrong; neither text holds anything secret. */
public final class InvalidConnectionException extends Exception {
    private final String wrong;
    private final String remedy;

    InvalidConnectionException(String wrong, String remedy) {
        super(wrong + ": " + remedy);
        this.wrong = wrong;
        this.remedy = remedy;
    }

    /** What is wrong, to be read after the name of the variable. */
    public String wrong() {
        return wrong;
    }

    /** What would be right. */
    public String remedy() {
        return remedy;
    }
}

package org.pgproof.manifest;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.pgproof.archive.Layout;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.Form;
import org.pgproof.dump.SequenceValue;
import org.pgproof.manifest.contents.PackedObjects;
import org.pgproof.manifest.contents.PackedSequences;
import org.pgproof.manifest.contents.PackedTables;
import org.pgproof.manifest.contents.TableContent;

/**
 * What a dump contains, taken while it streamed by. Its JSON form is described in {@code docs/formats.md}.
 *
 * @param format version of this format, {@link #FORMAT}
 * @param key name of the backup
 * @param snapshotAt when the dump's snapshot was taken
 * @param dumpedAt when the dump ended
 * @param publishedAt when this manifest was stored, just before the dump became visible
 * @param interval seconds from the start of one backup to the start of the next; 0 for a run on its own
 * @param source the database the dump was made of
 * @param clientVersion version of the {@code pg_dump} that made it
 * @param pgproofVersion version of this software
 * @param dumpOptions options of {@code pg_dump} that shape the text, in the order they were given
 * @param dump size and digest of the dump object
 * @param tables every table whose rows the dump holds
 * @param objects every schema object the dump defines
 * @param counts number of schema objects by kind
 * @param sequences the value of each sequence
 * @param largeObjects all large objects together
 * @param extensions installed extensions with their versions
 * @param roles roles that definitions in the dump name
 * @param rowTypes tables whose rows are values in columns of tables: a restore may change the order of their columns
 * @param forSuperusers what only a superuser may create, as far as its kind does not say so
 * @param insertedTables tables whose rows the dump holds as INSERT statements, which cannot be compared
 * @param layout where the parts of the dump lie
 * @param leftOut what the source has and the dump does not
 * @param warnings what {@code pg_dump} warned of
 */
public record Manifest(
        int format,
        String key,
        Instant snapshotAt,
        Instant dumpedAt,
        Instant publishedAt,
        long interval,
        Source source,
        String clientVersion,
        String pgproofVersion,
        List<String> dumpOptions,
        DumpFile dump,
        @JsonDeserialize(as = PackedTables.class) List<TableContent> tables,
        @JsonDeserialize(as = PackedObjects.class) List<SchemaObject> objects,
        SortedMap<String, Integer> counts,
        @JsonDeserialize(as = PackedSequences.class) List<SequenceValue> sequences,
        LargeObjects largeObjects,
        List<Extension> extensions,
        List<String> roles,
        List<RowType> rowTypes,
        List<String> forSuperusers,
        List<String> insertedTables,
        Layout layout,
        List<String> leftOut,
        List<String> warnings) {
    /** A document that lacks a field is not readable. */
    public Manifest {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(snapshotAt, "snapshotAt");
        Objects.requireNonNull(dumpedAt, "dumpedAt");
        Objects.requireNonNull(publishedAt, "publishedAt");
        Objects.requireNonNull(source, "source");
        Form.requireVersion(clientVersion);
        Objects.requireNonNull(pgproofVersion, "pgproofVersion");
        Form.requireStorable(dumpOptions);
        Objects.requireNonNull(dump, "dump");
        Objects.requireNonNull(tables, "tables");
        Objects.requireNonNull(objects, "objects");
        Objects.requireNonNull(counts, "counts");
        Objects.requireNonNull(sequences, "sequences");
        Objects.requireNonNull(largeObjects, "largeObjects");
        Objects.requireNonNull(extensions, "extensions");
        Form.requireStorable(roles);
        rowTypes = Objects.requireNonNullElse(rowTypes, List.of()); // the first manifests had none
        forSuperusers = Objects.requireNonNullElse(forSuperusers, List.of()); // as above
        Objects.requireNonNull(insertedTables, "insertedTables");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(leftOut, "leftOut");
        Objects.requireNonNull(warnings, "warnings");
    }

    /** The version of the format that this software writes and reads. */
    public static final int FORMAT = 1;

    /** Returns the number of rows of all tables. */
    public long rows() {
        return tables.stream().mapToLong(TableContent::rows).sum();
    }

    /** Returns whether the dump defines no table and holds no rows of one. */
    public boolean holdsNoTable() {
        return tables.isEmpty()
                && insertedTables.isEmpty()
                && objects.stream().noneMatch(object -> object.kind().endsWith("TABLE"));
    }

    /**
     * The database a dump was made of.
     *
     * @param systemIdentifier of the server, as {@code pg_control_system()} gives it; null where it may not be read
     * @param localeProvider {@code libc}, {@code icu} or {@code builtin}
     * @param providerLocale locale of the ICU or built-in provider, null for {@code libc}
     * @param textSettings session settings that shape the text of values, by name
     */
    public record Source(
            String database,
            @Nullable String systemIdentifier,
            String serverVersion,
            String encoding,
            String locale,
            String collation,
            String characterType,
            String localeProvider,
            @Nullable String providerLocale,
            SortedMap<String, String> textSettings) {
        /** A document that lacks a field is not readable. */
        public Source {
            Objects.requireNonNull(database, "database");
            Form.requireVersion(serverVersion);
            Form.requireEncoding(encoding);
            Objects.requireNonNull(locale, "locale");
            Form.requireStorable(collation);
            Form.requireStorable(characterType);
            Form.requireLocaleProvider(localeProvider);
            Form.requireStorable(providerLocale == null ? "" : providerLocale);
            Form.requireStorable(textSettings.values());
        }

        /** Returns the name and, where it is known, the server, for people. */
        public String display() {
            return systemIdentifier == null ? database : database + " (server " + systemIdentifier + ")";
        }

        /** Returns whether both are the same database, as far as each says who it is. */
        public boolean isSameAs(Source other) {
            boolean sameServer = systemIdentifier == null
                    || other.systemIdentifier == null
                    || systemIdentifier.equals(other.systemIdentifier);
            return sameServer && database.equals(other.database);
        }
    }

    /**
     * The dump object in the store.
     *
     * @param bytes its size
     * @param sha256 digest of its bytes, 64 hexadecimal digits
     * @param uncompressedBytes size of what it unpacks to
     * @param encoding client encoding in which it is written; the database's own unless an option said otherwise
     * @param statementsDigest of all its statements in their order, 32 hexadecimal digits; rows of a COPY do not count
     */
    public record DumpFile(
            long bytes, String sha256, long uncompressedBytes, String encoding, String statementsDigest) {
        /** A document that lacks a field is not readable. */
        public DumpFile {
            Objects.requireNonNull(sha256, "sha256");
            Form.requireEncoding(encoding);
            Objects.requireNonNull(statementsDigest, "statementsDigest");
        }
    }

    /** All large objects of the database; the fingerprint does not depend on their order. */
    public record LargeObjects(long count, long bytes, String fingerprint) {
        /** A document that lacks a field is not readable. */
        public LargeObjects {
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }

    /**
     * A table of which another table stores whole rows, be it inside arrays, domains, ranges or other rows.
     *
     * @param columns in the order in which such a value holds them
     */
    public record RowType(String schema, String name, List<String> columns) {
        /** A document that lacks a field is not readable. */
        public RowType {
            Objects.requireNonNull(schema, "schema");
            Objects.requireNonNull(name, "name");
            columns = List.copyOf(columns);
        }

        /** Returns {@code schema.name}, for people. */
        public String display() {
            return schema + "." + name;
        }
    }

    /** An installed extension. */
    public record Extension(String name, String version, String schema) {}
}

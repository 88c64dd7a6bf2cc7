package org.pgproof.verify;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.dump.ClientEncoding;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A database that a verification restores into, gone when this is closed.
 *
 * @param localeDiffers whether the server lacks the source's locale, so that another one sorts
 */
record TemporaryDatabase(Server server, TemporaryName name, boolean localeDiffers) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TemporaryDatabase.class);

    private static final String COMMENT = "Temporary: pgproof restores a backup here to verify it, then drops it.";
    /** Names that are not the same in every encoding. */
    private static final String OTHER_NAMES = "SELECT FROM (SELECT nspname FROM pg_catalog.pg_namespace"
            + " UNION ALL SELECT relname FROM pg_catalog.pg_class"
            + " UNION ALL SELECT attname FROM pg_catalog.pg_attribute) names (name)"
            + " WHERE name::text COLLATE \"C\" ~ '[^ -~]'";

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final int NAMES_TRIED = 100;

    /** Makes a database in the manifest's encoding and, where the server has it, locale. */
    static TemporaryDatabase create(Server server, TemporaryName wanted, java.util.Optional<Manifest> manifest)
            throws CouldNotVerifyException {
        TemporaryName name = wanted;
        SQLException last = null;
        try {
            for (int i = 0; i < NAMES_TRIED; i++, name = name.next()) {
                if (!Queries.truth(server.connection(), "SELECT pg_catalog.pg_try_advisory_lock(?)", name.lock())) {
                    continue; // another verifier began in the same second
                }
                try {
                    return create(server, name, manifest.map(Manifest::source).orElse(null));
                } catch (SQLException e) {
                    last = e;
                    unlock(server, name);
                    if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                        throw e;
                    }
                }
            }
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the temporary database " + name + " cannot be created", e);
        }
        throw new CouldNotVerifyException(
                "the temporary database " + name + " cannot be created: the name is taken", last);
    }

    private static TemporaryDatabase create(
            Server server, TemporaryName name, Manifest.@org.jspecify.annotations.Nullable Source source)
            throws SQLException {
        boolean localeDiffers = false;
        String statement = "CREATE DATABASE " + Queries.identifier(name.toString()) + " TEMPLATE template0";
        String mark = " CONNECTION LIMIT " + TemporaryName.MARK;
        if (source == null) {
            Queries.execute(server.connection(), statement + mark);
        } else {
            String encoding = " ENCODING " + Queries.literal(source.encoding());
            try {
                Queries.execute(server.connection(), statement + encoding + locale(server, source) + mark);
            } catch (SQLException e) {
                if (DUPLICATE_DATABASE.equals(e.getSQLState()) || ServerTrouble.is(e)) {
                    throw e;
                }
                log.warn(
                        "The server has no locale {}: text sorts differently there ({})",
                        source.locale(),
                        e.getMessage());
                localeDiffers = true;
                Queries.execute(server.connection(), statement + encoding + " LC_COLLATE 'C' LC_CTYPE 'C'" + mark);
            }
        }
        TemporaryDatabase database = new TemporaryDatabase(server, name, localeDiffers);
        try {
            Queries.execute(server.connection(), "REVOKE CONNECT ON DATABASE " + database.quoted() + " FROM PUBLIC");
            Queries.execute(
                    server.connection(),
                    "COMMENT ON DATABASE " + database.quoted() + " IS " + Queries.literal(COMMENT));
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private static String locale(Server server, Manifest.Source source) {
        StringBuilder locale = new StringBuilder()
                .append(" LC_COLLATE ")
                .append(Queries.literal(source.collation()))
                .append(" LC_CTYPE ")
                .append(Queries.literal(source.characterType()));
        if (server.version().major() >= 15) {
            locale.append(" LOCALE_PROVIDER ").append(source.localeProvider());
            if (source.providerLocale() != null) {
                locale.append(source.localeProvider().equals("icu") ? " ICU_LOCALE " : " BUILTIN_LOCALE ")
                        .append(Queries.literal(source.providerLocale()));
            }
        }
        return locale.toString();
    }

    /** Returns how the database is reached. */
    ConnectionSettings settings() {
        return server.settings().withDatabase(name.toString());
    }

    /** Opens a session in the database; the caller closes it. */
    Connection open() throws SQLException {
        return settings().open();
    }

    /**
     * Opens a session that writes and reads names as they are in the manifest; the caller closes it.
     *
     * @throws CouldNotVerifyException where names are in an encoding that Java does not know, or in none
     */
    Connection openForNames(Manifest manifest) throws SQLException, CouldNotVerifyException {
        ClientEncoding encoding = ClientEncoding.named(manifest.dump().encoding());
        Connection connection = open();
        try {
            boolean anyBytes = Queries.text(connection, "SHOW server_encoding").equals("SQL_ASCII");
            if (anyBytes || !encoding.isKnown()) {
                refuseOtherNames(connection, anyBytes ? "SQL_ASCII" : encoding.name());
            }
            return connection;
        } catch (SQLException | CouldNotVerifyException e) {
            connection.close();
            throw e;
        }
    }

    private static void refuseOtherNames(Connection connection, String encoding)
            throws SQLException, CouldNotVerifyException {
        if (Queries.truth(connection, "SELECT EXISTS (" + OTHER_NAMES + ")")) {
            throw new CouldNotVerifyException("tables or columns have names outside of ASCII, which cannot be told in"
                    + " the encoding " + encoding);
        }
    }

    /** Drops the database; a failure is a warning, and the next verification tries again. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        drop(server, name.toString());
        unlock(server, name);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Drops the databases that bear our name and our mark and that no living verifier holds. */
    static void dropOrphans(Server server) {
        try {
            for (String name : orphans(server)) {
                log.warn("Dropping {}: a verification that was killed left it behind", name);
                drop(server, name);
            }
        } catch (SQLException e) {
            log.warn("Temporary databases that were left behind could not be looked for: {}", e.getMessage());
        }
    }

    private static List<String> orphans(Server server) throws SQLException {
        List<String> orphans = new ArrayList<>();
        List<String> marked = Queries.texts(
                server.connection(),
                "SELECT datname FROM pg_catalog.pg_database WHERE datconnlimit = ? OR datconnlimit = ?"
                        + " AND pg_catalog.shobj_description(oid, 'pg_database') = ? ORDER BY 1",
                TemporaryName.MARK,
                TemporaryName.INVALID,
                COMMENT);
        for (String database : marked) {
            TemporaryName.parse(database).filter(name -> !held(server, name)).ifPresent(name -> orphans.add(database));
        }
        return orphans;
    }

    /** Advisory locks are per database, and all are shown to everybody. */
    private static boolean held(Server server, TemporaryName name) {
        try {
            return Queries.truth(
                    server.connection(),
                    "SELECT EXISTS (SELECT FROM pg_catalog.pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
                            + " AND (classid::bigint << 32) | objid::bigint = ?)",
                    name.lock());
        } catch (SQLException e) {
            log.warn("Whether {} is in use could not be found out: {}", name, e.getMessage());
            return true;
        }
    }

    private static void drop(Server server, String name) {
        try {
            Subscriptions.detach(server.settings().withDatabase(name));
        } catch (SQLException e) {
            log.debug("Subscriptions in {} could not be detached", name, e);
        }
        try {
            String force = server.version().major() >= 13 ? " WITH (FORCE)" : "";
            Queries.execute(server.connection(), "DROP DATABASE IF EXISTS " + Queries.identifier(name) + force);
        } catch (SQLException e) {
            log.warn("The temporary database {} could not be dropped: {}; drop it by hand", name, e.getMessage());
        }
    }

    private static void unlock(Server server, TemporaryName name) {
        try {
            Queries.truth(server.connection(), "SELECT pg_catalog.pg_advisory_unlock(?)", name.lock());
        } catch (SQLException e) {
            log.debug("The lock of {} could not be given back", name, e); // it goes with the session
        }
    }

    private String quoted() {
        return Queries.identifier(name.toString());
    }
}

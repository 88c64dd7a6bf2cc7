package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a temporary database, in the encoding and, where the server has it, the locale of a backup's source. */
final class DatabaseCreation {
    private static final Logger log = LoggerFactory.getLogger(DatabaseCreation.class);

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String MARK = " CONNECTION LIMIT " + TemporaryName.MARK;
    private static final int NAMES_TRIED = 100;

    private final Server server;
    private final Optional<Manifest.Source> source;

    /** @param source of the backup; empty where it is unknown: then the server's defaults hold */
    DatabaseCreation(Server server, Optional<Manifest.Source> source) {
        this.server = server;
        this.source = source;
    }

    /** Makes the database of this name, or of the first after it that is free. */
    TemporaryDatabase create(TemporaryName wanted) throws CouldNotVerifyException {
        TemporaryName name = wanted;
        SQLException last = null;
        try {
            for (int i = 0; i < NAMES_TRIED; i++, name = name.next()) {
                TemporaryDatabase database = new TemporaryDatabase(server, name);
                if (!database.lock()) {
                    continue; // another verifier began in the same second
                }
                try {
                    create(database);
                    return database;
                } catch (SQLException e) {
                    last = e;
                    database.unlock();
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

    private void create(TemporaryDatabase database) throws SQLException {
        String statement = "CREATE DATABASE " + database.quoted() + " TEMPLATE template0";
        if (source.isPresent()) {
            createLike(source.get(), statement);
        } else {
            Queries.execute(server.connection(), statement + MARK);
        }
        try {
            database.shield();
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private void createLike(Manifest.Source like, String statement) throws SQLException {
        String encoding = " ENCODING " + Queries.literal(like.encoding());
        try {
            Queries.execute(server.connection(), statement + encoding + locale(like) + MARK);
        } catch (SQLException e) {
            if (DUPLICATE_DATABASE.equals(e.getSQLState()) || ServerTrouble.is(e)) {
                throw e;
            }
            log.warn("The server has no locale {}: text sorts differently there ({})", like.locale(), e.getMessage());
            Queries.execute(server.connection(), statement + encoding + " LC_COLLATE 'C' LC_CTYPE 'C'" + MARK);
        }
    }

    private String locale(Manifest.Source like) {
        StringBuilder locale = new StringBuilder()
                .append(" LC_COLLATE ")
                .append(Queries.literal(like.collation()))
                .append(" LC_CTYPE ")
                .append(Queries.literal(like.characterType()));
        if (server.version().major() >= 15) {
            locale.append(" LOCALE_PROVIDER ").append(like.localeProvider());
            if (like.providerLocale() != null) {
                locale.append(like.localeProvider().equals("icu") ? " ICU_LOCALE " : " BUILTIN_LOCALE ")
                        .append(Queries.literal(like.providerLocale()));
            }
        }
        return locale.toString();
    }
}

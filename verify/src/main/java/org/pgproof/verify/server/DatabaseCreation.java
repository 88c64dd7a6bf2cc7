package org.pgproof.verify.server;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a temporary database, in the encoding and, where the server has it, the locale of a backup's source. */
final class DatabaseCreation {
    private static final Logger log = LoggerFactory.getLogger(DatabaseCreation.class);

    private static final String DUPLICATE_DATABASE = "42P04";
    private static final String DUPLICATE_ROLE = "42710";
    private static final Set<String> NAME_IS_TAKEN = Set.of(DUPLICATE_DATABASE, DUPLICATE_ROLE);
    private static final String MARK = " CONNECTION LIMIT " + TemporaryName.MARK;
    private static final int NAMES_TRIED = 100;

    private final Server server;
    private final Optional<Manifest.Source> source;

    /** @param source of the backup; empty where it is unknown: then the server's defaults hold */
    DatabaseCreation(Server server, Optional<Manifest.Source> source) {
        this.server = server;
        this.source = source;
    }

    /**
     * Makes the database of this name, or of the first after it that is free.
     *
     * @param powerless whether it belongs to a role made for it, else to the verifier's own
     * @throws SQLException when the server refuses
     */
    TemporaryDatabase create(TemporaryName wanted, boolean powerless) throws SQLException, CouldNotVerifyException {
        TemporaryName name = wanted;
        SQLException last = null;
        for (int i = 0; i < NAMES_TRIED; i++, name = name.next()) {
            if (!TemporaryDatabase.lock(server, name)) {
                continue; // another verifier began in the same second
            }
            try {
                return createNamed(name, powerless);
            } catch (SQLException e) {
                last = e;
                TemporaryDatabase.unlock(server, name);
                if (!NAME_IS_TAKEN.contains(String.valueOf(e.getSQLState()))) {
                    throw e;
                }
            }
        }
        throw new CouldNotVerifyException(
                "the temporary database " + name + " cannot be created: the name is taken", last);
    }

    private TemporaryDatabase createNamed(TemporaryName name, boolean powerless) throws SQLException {
        PowerlessRole role = powerless ? PowerlessRole.create(server, name) : null;
        TemporaryDatabase database = new TemporaryDatabase(server, name, role);
        try {
            create(database);
        } catch (SQLException e) {
            if (role != null) {
                role.drop();
            }
            throw e;
        }
        try {
            database.shield();
            database.open().close(); // who owns it may not be let in
            return database;
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    private void create(TemporaryDatabase database) throws SQLException {
        PowerlessRole role = database.role();
        String owner = role == null ? "" : " OWNER " + role.quoted();
        String statement = "CREATE DATABASE " + database.quoted() + owner + " TEMPLATE template0";
        if (source.isPresent()) {
            createLike(source.get(), statement);
        } else {
            Queries.execute(server.connection(), statement + MARK);
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
            locale.append(
                    switch (like.localeProvider()) {
                        case "icu" -> " LOCALE_PROVIDER icu ICU_LOCALE ";
                        case "builtin" -> " LOCALE_PROVIDER builtin BUILTIN_LOCALE ";
                        default -> " LOCALE_PROVIDER libc";
                    });
            if (!like.localeProvider().equals("libc")) {
                locale.append(Queries.literal(like.providerLocale() == null ? "" : like.providerLocale()));
            }
        }
        return locale.toString();
    }
}

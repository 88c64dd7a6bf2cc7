package org.pgproof.verify.server;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.HexFormat;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.postgres.ScramVerifier;
import org.pgproof.settings.Secret;

/**
 * A role that owns one temporary database and may do nothing else on the server: what a backup's functions do while it is
 * restored, they do as this role. It bears the database's name and is marked in the same way, which it cannot change.
 *
 * @param password known to this verification alone: the server is sent what it stores of it
 */
record PowerlessRole(Server server, TemporaryName name, Secret password) {
    private static final int PASSWORD_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A member of nothing inherits nothing but what belongs to the owner of a database, such as its schema public. */
    private static final String ATTRIBUTES = " LOGIN INHERIT NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
            + " NOBYPASSRLS CONNECTION LIMIT " + TemporaryName.MARK;

    /** Makes the role, and lets the verifier's own role act for it: to make its database, and to drop it. */
    static PowerlessRole create(Server server, TemporaryName name) throws SQLException {
        PowerlessRole role = new PowerlessRole(server, name, newPassword());
        Queries.execute(server.connection(), "CREATE ROLE " + role.quoted() + ATTRIBUTES + role.withPassword());
        try {
            String options = server.version().major() >= 16 ? " WITH INHERIT TRUE, SET TRUE" : "";
            Queries.execute(server.connection(), "GRANT " + role.quoted() + " TO CURRENT_USER" + options);
            Queries.execute(
                    server.connection(),
                    "COMMENT ON ROLE " + role.quoted() + " IS " + Queries.literal(TemporaryDatabase.COMMENT));
            return role;
        } catch (SQLException e) {
            role.drop();
            throw e;
        }
    }

    /** Returns the role of that name as one whose password is not known, because another verification made it. */
    static PowerlessRole leftBehind(Server server, TemporaryName name) {
        return new PowerlessRole(server, name, newPassword());
    }

    /** Returns how this role reaches what the settings lead to. */
    ConnectionSettings reaching(ConnectionSettings settings) {
        return settings.withUser(name.toString(), password.value());
    }

    /** Undoes what the role may have changed of itself. */
    void reset() throws SQLException {
        Queries.execute(server.connection(), "ALTER ROLE " + quoted() + withPassword());
        Queries.execute(server.connection(), "ALTER ROLE " + quoted() + " RESET ALL");
        Queries.execute(server.connection(), "ALTER ROLE " + quoted() + " IN DATABASE " + quoted() + " RESET ALL");
    }

    /** Drops the role; only after its database. */
    void drop() throws SQLException {
        Queries.execute(server.connection(), "DROP ROLE IF EXISTS " + quoted());
    }

    String quoted() {
        return Queries.identifier(name.toString());
    }

    private String withPassword() {
        return " PASSWORD " + Queries.literal(ScramVerifier.of(password.value()));
    }

    private static Secret newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(random);
        return new Secret(HexFormat.of().formatHex(random));
    }
}

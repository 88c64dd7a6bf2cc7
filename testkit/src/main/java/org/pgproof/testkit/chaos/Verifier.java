package org.pgproof.testkit.chaos;

import java.sql.SQLException;
import java.util.Locale;
import java.util.Random;
import org.pgproof.testkit.PostgresServer;

/** As whom backups are verified. */
enum Verifier {
    SUPERUSER(""),
    MAKES_ROLES("CREATEDB CREATEROLE"),
    MAKES_DATABASES("CREATEDB");

    private static final String PASSWORD = "chaos";

    private final String attributes;

    Verifier(String attributes) {
        this.attributes = attributes;
    }

    static Verifier any(Random random) {
        return values()[random.nextInt(values().length)];
    }

    /** Creates the role, unless every server has it. */
    void make(PostgresServer server) throws SQLException {
        if (this != SUPERUSER) {
            server.createRole(role(), PASSWORD, attributes);
        }
    }

    String url(PostgresServer server) {
        return this == SUPERUSER ? server.url("postgres") : server.url(role(), PASSWORD, "postgres");
    }

    private String role() {
        return "chaos_" + name().toLowerCase(Locale.ROOT);
    }
}

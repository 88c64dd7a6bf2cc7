package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.pgproof.postgres.Queries;
import org.pgproof.service.Quantity;

/** Finds passwords that stand in a dump as they are: in the options of foreign servers and of who may use them. */
public final class Secrets {
    private static final String IN_OPTIONS = "SELECT count(*) FROM (SELECT umoptions AS options"
            + " FROM pg_catalog.pg_user_mappings UNION ALL SELECT srvoptions FROM pg_catalog.pg_foreign_server) o"
            + " WHERE EXISTS (SELECT FROM pg_catalog.unnest(o.options) option WHERE option ~* '^[^=]*(passw|secret)')";

    /** Only a superuser may read them, and only a superuser's dump holds them. */
    private static final String IN_SUBSCRIPTIONS = "SELECT count(*)::pg_catalog.text FROM pg_catalog.pg_subscription"
            + " WHERE subconninfo ~* 'password' AND subdbid ="
            + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())";

    private Secrets() {}

    /** Returns what to say of them; empty where there are none. */
    public static Optional<String> warning(Connection connection) throws SQLException {
        long inOptions = Queries.number(connection, IN_OPTIONS);
        long inSubscriptions =
                Long.parseLong(Queries.readable(connection, IN_SUBSCRIPTIONS).orElse("0"));
        if (inOptions + inSubscriptions == 0) {
            return Optional.empty();
        }
        return Optional.of("The dump holds passwords in plain text, of "
                + Quantity.count(inOptions, "user mapping or foreign server") + " and "
                + Quantity.count(inSubscriptions, "subscription")
                + ": whoever may read the backup may use them; docs/left-out.md says how to keep them out");
    }
}

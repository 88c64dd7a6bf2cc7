package org.pgproof.verify.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.pgproof.postgres.Queries;

/**
 * Operators of a backup that would stand in for the server's own: PostgreSQL prefers one of exactly the types it is asked
 * for, wherever it lies, so that {@code public.=(varchar, varchar)} could make any assertion hold.
 */
final class PlantedOperators {
    private static final String HIDDEN = "pgproof_hidden_operators";

    /** Those of types that people define in C are the only ones such types have. */
    private static final String STANDING_IN = "SELECT o.oid::pg_catalog.regoperator::text FROM pg_catalog.pg_operator o"
            + " WHERE o.oprnamespace <> 'pg_catalog'::regnamespace AND EXISTS (SELECT FROM pg_catalog.pg_operator s"
            + " WHERE s.oprname = o.oprname AND s.oprnamespace = 'pg_catalog'::regnamespace)"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.oid IN (o.oprleft, o.oprright)"
            + " AND t.typtype = 'b' AND t.typcategory <> 'A' AND t.typnamespace <> 'pg_catalog'::regnamespace)"
            + " AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_operator'::regclass"
            + " AND d.objid = o.oid AND d.deptype = 'e') ORDER BY 1";

    private PlantedOperators() {}

    /** Moves them where no search path leads, and returns their names; what was made of them goes on using them. */
    static List<String> hide(Connection connection) throws SQLException {
        List<String> operators = Queries.texts(connection, STANDING_IN);
        if (!operators.isEmpty()) {
            Reclaiming.silenceEventTriggers(connection);
            Queries.execute(connection, "CREATE SCHEMA " + HIDDEN);
        }
        for (String operator : operators) {
            Queries.execute(connection, "ALTER OPERATOR " + operator + " SET SCHEMA " + HIDDEN);
        }
        return operators;
    }
}

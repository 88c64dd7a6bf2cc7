package org.pgproof.backup.source;

/** Finds what only a superuser may create, where other objects of the same kind are anybody's. */
final class ForSuperusers {
    /** Functions that a range type has made for itself depend on it internally. */
    private static final String OWN = "%1$s.oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = %1$s.tableoid AND d.objid = %1$s.oid AND d.deptype IN ('e', 'i'))";

    private static final String SETTING = "SELECT FROM pg_catalog.unnest(p.proconfig) c JOIN pg_catalog.pg_settings s"
            + " ON pg_catalog.lower(s.name) = pg_catalog.lower(pg_catalog.split_part(c, '=', 1))"
            + " WHERE s.context LIKE 'superuser%'";

    private static final String FUNCTIONS = "SELECT 'FUNCTION ' || p.oid::pg_catalog.regprocedure::text"
            + " FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang"
            + " WHERE p.prokind <> 'a' AND " + OWN.formatted("p")
            + " AND (NOT l.lanpltrusted OR p.proleakproof OR p.prosupport <> 0 OR EXISTS (" + SETTING + "))";

    private static final String AGGREGATES = "SELECT 'AGGREGATE ' || p.oid::pg_catalog.regprocedure::text"
            + " FROM pg_catalog.pg_aggregate a JOIN pg_catalog.pg_proc p ON p.oid = a.aggfnoid"
            + " WHERE 'pg_catalog.internal'::pg_catalog.regtype IN (a.aggtranstype, a.aggmtranstype) AND "
            + OWN.formatted("p");

    /** Who owns one of both types may create a cast, but with a function only. */
    private static final String CASTS = "SELECT 'CAST (' || pg_catalog.format_type(c.castsource, NULL) || ' AS '"
            + " || pg_catalog.format_type(c.casttarget, NULL) || ')' FROM pg_catalog.pg_cast c"
            + " WHERE (c.castmethod = 'b' OR (c.castsource < 16384 AND c.casttarget < 16384)) AND "
            + OWN.formatted("c");

    private static final String PUBLICATIONS =
            "SELECT 'PUBLICATION ' || pubname FROM pg_catalog.pg_publication WHERE puballtables";

    /** The rows that it wants dumped are those of a superuser's tables. */
    private static final String EXTENSIONS = "SELECT 'EXTENSION ' || extname FROM pg_catalog.pg_extension"
            + " WHERE pg_catalog.cardinality(extconfig) > 0";

    /** Bytes in no known encoding cannot be told. */
    static final String QUERY = "SELECT CASE WHEN pg_catalog.current_setting('server_encoding') = 'SQL_ASCII'"
            + " THEN pg_catalog.regexp_replace(name COLLATE \"C\", '[^ -~]', '?', 'g') ELSE name END FROM ("
            + String.join(" UNION ALL ", FUNCTIONS, AGGREGATES, CASTS, PUBLICATIONS, EXTENSIONS)
            + ") o (name) ORDER BY 1 LIMIT 1000";

    private ForSuperusers() {}
}

package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.postgres.Queries;
import org.pgproof.service.Quantity;

/** Finds what a database has and its dump will not; {@code docs/left-out.md} explains each. */
public final class LeftOut {
    private static final String THIS_DATABASE = " FROM pg_catalog.pg_database WHERE datname = current_database()";

    /** Relations {@code c} that belong to an extension {@code e} which has not asked for their content to be dumped. */
    private static final String OF_EXTENSIONS = " FROM pg_catalog.pg_depend d"
            + " JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid"
            + " JOIN pg_catalog.pg_class c ON c.oid = d.objid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
            + " WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass"
            + " AND d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass AND d.deptype = 'e'";

    private static final String NOT_REGISTERED = " AND NOT COALESCE(c.oid = ANY (e.extconfig), false)";

    private static final String FILLED_TABLES = "SELECT n.nspname || '.' || c.relname" + OF_EXTENSIONS + NOT_REGISTERED
            + " AND c.relkind = 'r' AND pg_catalog.pg_relation_size(c.oid) > 0 ORDER BY 1";

    private static final String USED_SEQUENCES = "SELECT count(*)" + OF_EXTENSIONS + NOT_REGISTERED
            + " AND c.relkind = 'S' AND CASE WHEN pg_catalog.has_sequence_privilege(c.oid, 'SELECT, USAGE')"
            + " THEN pg_catalog.pg_sequence_last_value(c.oid) IS NOT NULL ELSE false END";

    /**
     * No catalog says whether an extension made an index or a trigger of its table. What it made is older than its last
     * member, or was made in the table's own transaction.
     */
    private static final String LATER = " AND %1$s.oid > (SELECT pg_catalog.max(m.objid) FROM pg_catalog.pg_depend m"
            + " WHERE m.refclassid = d.refclassid AND m.refobjid = e.oid AND m.deptype = 'e')"
            + " AND %1$s.xmin::pg_catalog.text <>"
            + " (SELECT t.xmin::pg_catalog.text FROM pg_catalog.pg_type t WHERE t.oid = c.reltype)";

    private static final String LATER_INDEXES = "SELECT count(*)"
            + OF_EXTENSIONS.replace(
                    " WHERE ",
                    " JOIN pg_catalog.pg_index i ON i.indrelid = c.oid"
                            + " JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid WHERE ")
            + LATER.formatted("x");

    private static final String LATER_TRIGGERS = "SELECT count(*)"
            + OF_EXTENSIONS.replace(" WHERE ", " JOIN pg_catalog.pg_trigger x ON x.tgrelid = c.oid WHERE ")
            + " AND NOT x.tgisinternal" + LATER.formatted("x");

    private static final String HIDDEN_OPTIONS = "SELECT count(*) FROM pg_catalog.pg_user_mappings"
            + " WHERE umoptions IS NULL AND NOT"
            + " (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)";

    /** From 16384 on object identifiers are the users' (FirstNormalObjectId). */
    private static final String IN_PG_CATALOG = "SELECT count(*) FROM ("
            + "SELECT tableoid, oid FROM pg_catalog.pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'S', 'f', 'c')"
            + " AND relnamespace = 'pg_catalog'::pg_catalog.regnamespace"
            + " UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_proc"
            + " WHERE pronamespace = 'pg_catalog'::pg_catalog.regnamespace"
            + " UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_type WHERE typtype IN ('b', 'd', 'e') AND typelem = 0"
            + " AND typnamespace = 'pg_catalog'::pg_catalog.regnamespace"
            + " UNION ALL SELECT tableoid, oid FROM pg_catalog.pg_operator"
            + " WHERE oprnamespace = 'pg_catalog'::pg_catalog.regnamespace) o"
            + " WHERE oid >= 16384 AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d"
            + " WHERE d.classid = o.tableoid AND d.objid = o.oid AND d.deptype = 'e')";

    /**
     * PostgreSQL notes no dependence on functions and operators of its own; before 15 it notes the others' at the column, since
     * then at its expression. A column of all partitions is one.
     */
    private static final String COMPUTED_ANEW =
            "SELECT count(DISTINCT (COALESCE(pg_catalog.pg_partition_root(c.oid), c.oid), a.attname))"
                    + " FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid"
                    + " JOIN pg_catalog.pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum"
                    + " WHERE a.attgenerated = 's' AND c.relpersistence <> 't'"
                    + " AND EXISTS (SELECT FROM pg_catalog.pg_depend d"
                    + " WHERE (d.classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass AND d.objid = v.oid"
                    + " OR d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = a.attrelid"
                    + " AND d.objsubid = a.attnum)"
                    + " AND d.refclassid IN ('pg_catalog.pg_proc'::pg_catalog.regclass,"
                    + " 'pg_catalog.pg_operator'::pg_catalog.regclass))";

    /** Partitions' copies of a trigger that somebody made are internal too on older servers, and come with it. */
    private static final String ENABLED_AGAIN = "SELECT count(DISTINCT t.tgconstraint) FROM pg_catalog.pg_trigger t"
            + " JOIN pg_catalog.pg_constraint c ON c.oid = t.tgconstraint"
            + " WHERE t.tgisinternal AND t.tgenabled <> 'O' AND c.contype <> 't'";

    /** Of partitioned tables {@code pg_dump} takes also those that lack a partition's. */
    private static final String INVALID_INDEXES = "SELECT n.nspname || '.' || x.relname FROM pg_catalog.pg_index i"
            + " JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid"
            + " JOIN pg_catalog.pg_namespace n ON n.oid = x.relnamespace"
            + " JOIN pg_catalog.pg_class t ON t.oid = i.indrelid"
            + " WHERE NOT (i.indisready AND (i.indisvalid OR t.relkind = 'p')) AND t.relpersistence <> 't'"
            + " AND n.nspname !~ '^pg_' ORDER BY 1";

    private LeftOut() {}

    public static List<String> read(Connection connection, boolean privileges) throws SQLException {
        List<String> leftOut = new ArrayList<>();
        leftOut.add("roles and their passwords");
        if (!privileges) {
            leftOut.add("owners");
            leftOut.add("grants");
        }
        addIf(
                leftOut,
                connection,
                "ALTER DATABASE … SET",
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_db_role_setting WHERE setdatabase = (SELECT oid"
                        + THIS_DATABASE + "))");
        addIf(
                leftOut,
                connection,
                "ALTER ROLE … SET",
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_db_role_setting WHERE setdatabase = 0)");
        addIf(
                leftOut,
                connection,
                "tablespaces",
                "SELECT EXISTS (SELECT FROM pg_catalog.pg_class WHERE reltablespace NOT IN"
                        + " (0, (SELECT oid FROM pg_catalog.pg_tablespace WHERE spcname = 'pg_global')))");
        addIf(
                leftOut,
                connection,
                "subscriptions (only a superuser's dump holds them)",
                "SELECT EXISTS (SELECT subname FROM pg_catalog.pg_subscription WHERE subdbid = (SELECT oid"
                        + THIS_DATABASE + ")) AND NOT"
                        + " (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user)");
        addIf(leftOut, connection, "rows of foreign tables", "SELECT EXISTS (SELECT FROM pg_catalog.pg_foreign_table)");
        addOfDatabase(leftOut, connection, privileges);
        addOfExtensions(leftOut, connection);
        addOfTables(leftOut, connection);
        addCounted(
                leftOut,
                connection,
                "options of %s (only a superuser's dump holds all)",
                "user mapping",
                HIDDEN_OPTIONS);
        addCounted(leftOut, connection, "%s in the schema pg_catalog", "object", IN_PG_CATALOG);
        return leftOut;
    }

    private static void addIf(List<String> leftOut, Connection connection, String what, String condition)
            throws SQLException {
        if (Queries.truth(connection, condition)) {
            leftOut.add(what);
        }
    }

    private static void addOfDatabase(List<String> leftOut, Connection connection, boolean privileges)
            throws SQLException {
        if (privileges) {
            leftOut.add("owner of the database itself");
        }
        addIf(
                leftOut,
                connection,
                "grants on the database itself",
                "SELECT EXISTS (SELECT" + THIS_DATABASE + " AND datacl IS NOT NULL)");
        addIf(
                leftOut,
                connection,
                "comment on the database itself",
                "SELECT EXISTS (SELECT" + THIS_DATABASE
                        + " AND pg_catalog.shobj_description(oid, 'pg_database') IS NOT NULL)");
    }

    private static void addOfExtensions(List<String> leftOut, Connection connection) throws SQLException {
        List<String> tables = Queries.texts(connection, FILLED_TABLES);
        if (!tables.isEmpty()) {
            leftOut.add("rows of " + Quantity.count(tables.size(), "table") + " of extensions ("
                    + ManifestComparison.shortened(tables) + ")");
        }
        addCounted(leftOut, connection, "values of %s of extensions", "sequence", USED_SEQUENCES);
        addCounted(leftOut, connection, "%s on tables of extensions", "index", "indexes", LATER_INDEXES);
        addCounted(leftOut, connection, "%s on tables of extensions", "trigger", LATER_TRIGGERS);
    }

    private static void addOfTables(List<String> leftOut, Connection connection) throws SQLException {
        addCounted(
                leftOut,
                connection,
                "values of %s by functions of users or extensions (a restore computes them anew)",
                "generated column",
                COMPUTED_ANEW);
        addCounted(
                leftOut,
                connection,
                "ALTER TABLE … DISABLE TRIGGER for those of %s (a restore enables them)",
                "constraint",
                ENABLED_AGAIN);
        List<String> indexes = Queries.texts(connection, INVALID_INDEXES);
        if (!indexes.isEmpty()) {
            leftOut.add(Quantity.count(indexes.size()) + (indexes.size() == 1 ? " index that is" : " indexes that are")
                    + " not valid (" + ManifestComparison.shortened(indexes) + "; REINDEX INDEX mends)");
        }
    }

    private static void addCounted(
            List<String> leftOut, Connection connection, String what, String thing, String things, String query)
            throws SQLException {
        long count = Queries.number(connection, query);
        if (count > 0) {
            leftOut.add(what.formatted(Quantity.count(count) + " " + (count == 1 ? thing : things)));
        }
    }

    private static void addCounted(List<String> leftOut, Connection connection, String what, String thing, String query)
            throws SQLException {
        addCounted(leftOut, connection, what, thing, thing + "s", query);
    }
}

package org.pgproof.backup.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;
import org.pgproof.postgres.ServerVersion;

/** Reads {@link CatalogFacts} from the system catalogs of PostgreSQL 12 and later. */
final class CatalogReader {
    private static final String THIS_DATABASE = " FROM pg_catalog.pg_database WHERE datname = current_database()";

    private static final String ROLES = "SELECT DISTINCT r.rolname FROM pg_catalog.pg_roles r WHERE r.oid IN ("
            + "SELECT unnest(polroles) FROM pg_catalog.pg_policy"
            + " UNION SELECT umuser FROM pg_catalog.pg_user_mappings) ORDER BY 1";

    /** Everybody whom an owner, a grant, a policy or a default privilege of this database names. */
    static final String ROLES_WITH_PRIVILEGES = "SELECT DISTINCT r.rolname FROM pg_catalog.pg_shdepend d"
            + " JOIN pg_catalog.pg_roles r ON r.oid = d.refobjid"
            + " WHERE d.refclassid = 'pg_catalog.pg_authid'::regclass AND d.dbid = (SELECT oid" + THIS_DATABASE + ")"
            + " UNION " + ROLES;

    private CatalogReader() {}

    static CatalogFacts read(Connection connection, ServerVersion version, boolean privileges) throws SQLException {
        return new CatalogFacts(
                source(connection, version),
                Queries.number(connection, "SELECT pg_catalog.pg_database_size(current_database())"),
                extensions(connection),
                Queries.texts(connection, privileges ? ROLES_WITH_PRIVILEGES : ROLES),
                RowTypes.read(connection),
                Queries.texts(connection, ForSuperusers.QUERY),
                LeftOut.read(connection, privileges),
                warnings(connection, version));
    }

    private static List<String> warnings(Connection connection, ServerVersion version) throws SQLException {
        List<String> warnings = new ArrayList<>(ColumnOrder.warnings(connection));
        Secrets.warning(connection).ifPresent(warnings::add);
        PartitionTriggers.warning(connection, version).ifPresent(warnings::add);
        return warnings;
    }

    private static Manifest.Source source(Connection connection, ServerVersion version) throws SQLException {
        String collation = Queries.text(connection, "SELECT datcollate" + THIS_DATABASE);
        return new Manifest.Source(
                Queries.text(connection, "SELECT current_database()"),
                Queries.readable(connection, "SELECT system_identifier::text FROM pg_catalog.pg_control_system()")
                        .orElse(null),
                version.toString(),
                Queries.text(connection, "SHOW server_encoding"),
                collation,
                collation,
                Queries.text(connection, "SELECT datctype" + THIS_DATABASE),
                version.major() < 15 ? "libc" : provider(connection),
                Queries.readable(connection, "SELECT " + localeColumn(version) + THIS_DATABASE)
                        .orElse(null),
                textSettings(connection));
    }

    private static String provider(Connection connection) throws SQLException {
        return Queries.text(
                connection,
                "SELECT CASE datlocprovider WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' ELSE 'libc' END"
                        + THIS_DATABASE);
    }

    /** The column was renamed when the built-in provider came. */
    private static String localeColumn(ServerVersion version) {
        if (version.major() < 15) {
            return "NULL::text";
        }
        return version.major() < 17 ? "daticulocale" : "datlocale";
    }

    /** What is pinned for every dump, and what of the session shapes values and is left as it is. */
    private static SortedMap<String, String> textSettings(Connection connection) throws SQLException {
        SortedMap<String, String> settings = new TreeMap<>();
        settings.put("TimeZone", "UTC");
        settings.put("DateStyle", "ISO");
        settings.put("IntervalStyle", "postgres");
        settings.put("bytea_output", "hex");
        settings.put("lc_monetary", Queries.text(connection, "SHOW lc_monetary"));
        return settings;
    }

    private static List<Manifest.Extension> extensions(Connection connection) throws SQLException {
        return Queries.list(
                connection,
                "SELECT e.extname, e.extversion, n.nspname FROM pg_catalog.pg_extension e"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace ORDER BY 1",
                row -> new Manifest.Extension(row.getString(1), row.getString(2), row.getString(3)));
    }
}

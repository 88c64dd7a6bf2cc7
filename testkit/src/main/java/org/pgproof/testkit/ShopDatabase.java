package org.pgproof.testkit;

import java.sql.SQLException;

/** A small but realistic shop, the same to the byte wherever and whenever it is made. */
public final class ShopDatabase {
    private ShopDatabase() {}

    /** Creates a database with the shop in it. */
    public static Database create(PostgresServer server, String name) throws SQLException {
        server.createDatabase(name);
        Database database = new Database(server, name);
        fill(database);
        return database;
    }

    /** Creates a database with the shop in it, under a name of its own. */
    public static Database createFresh(PostgresServer server) throws SQLException {
        Database database = server.freshDatabase();
        fill(database);
        return database;
    }

    /** Builds the shop in an empty database. */
    public static void fill(Database database) throws SQLException {
        database.execute(Resources.text("shop.sql"));
    }

    /** Returns how many rows all tables of a database hold together. */
    public static long rows(Database database) throws SQLException {
        return Long.parseLong(database.value("""
                SELECT coalesce(sum((xpath('/row/n/text()', query_to_xml(
                    format('SELECT count(*) AS n FROM %I.%I', schemaname, tablename), false, true, '')))[1]::text::bigint), 0)
                FROM pg_tables
                JOIN pg_class ON oid = format('%I.%I', schemaname, tablename)::regclass AND relkind = 'r'
                WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
                """));
    }
}

package org.pgproof.verify;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Dumps that want more than to be restored: to run a command where psql runs or on the server, to reach other databases
 * and roles, or to outlive their drill.
 */
final class HostileDumps {
    /** In the texts: a file whose existence tells that a command has run, and the name of another database. */
    static final String MARKER = "@MARKER@";

    static final String OTHER = "@OTHER@";

    private static final String TRAILER = "\n--\n-- PostgreSQL database dump complete\n--\n\n";
    private static final String TABLE = "CREATE TABLE public.t (a text);\n";
    private static final String SHELL = "\\! touch " + MARKER + "\n";
    private static final String SERVER = "COPY (SELECT 1) TO PROGRAM 'touch " + MARKER + "'";

    private final Map<String, byte[]> dumps = new LinkedHashMap<>();

    private HostileDumps() {}

    /** Dumps that lead whoever reads them astray about what psql obeys. */
    static Map<String, byte[]> forPsql() {
        HostileDumps all = new HostileDumps();
        all.add("a command", SHELL);
        all.add("behind a statement on its line", "SELECT 1 " + SHELL);
        all.add("pipe", "SELECT 1 \\g | touch " + MARKER + "\n");
        all.add("query that is executed", "SELECT 1 \\gexec\n");
        all.add("output", "\\o | touch " + MARKER + "\nSELECT 1;\n");
        all.add("copy", TABLE + "\\copy public.t to program 'touch " + MARKER + "'\n");
        all.add("backquotes", "\\set x `touch " + MARKER + "`\n");
        all.add("restrict", "\\restrict abc\n\\unrestrict `touch " + MARKER + "`\n");
        all.add("restrict pair", "\\restrict abc\n\\unrestrict abc\n" + SHELL);
        all.add("carriage return ends a comment", "-- comment\r" + SHELL);
        all.add("nested comment", "/* /* */ '*/ '\n" + SHELL);
        all.add("comment in an operator", "SELECT 1 +/* ' */ 1;\n" + SHELL);
        all.add("string goes on in the next line", "SELECT E'a'\n'b\\'';\n" + SHELL + "SELECT ';\n");
        all.add("unicode string", "SELECT U&'\\\\' ;\n" + SHELL);
        all.add("dollar in an identifier", "SELECT 1 AS x$a$;\n" + SHELL + "SELECT 1 AS x$a$;\n");
        all.add("dollar tag of other letters", "SELECT $\u00e4$ ';\n$\u00e4$;\n" + SHELL + "-- '\n");
        all.add("parameter before a dollar", "SELECT 1$a$;\n" + SHELL + "$a$;\n");
        all.add(
                "no standard strings",
                "SET standard_conforming_strings = off;\nSELECT 'a\\';\n" + SHELL + "SELECT ';\n");
        all.add(
                "no standard strings, for a transaction",
                "BEGIN;\nSET LOCAL standard_conforming_strings TO off;\nSELECT 'a\\';\n" + SHELL + "SELECT ';\n");
        all.add(
                "no standard strings, by a function",
                "SELECT 1, set_config('standard_conforming_strings', 'off', false);\nSELECT 'a\\';\n" + SHELL
                        + "SELECT ';\n");
        all.add(
                "no standard strings, by the settings' view",
                "UPDATE pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings';\nSELECT 'a\\';\n"
                        + SHELL + "SELECT ';\n");
        all.add(
                "no standard strings, by code",
                "DO $$ BEGIN SET standard_conforming_strings = off; END $$;\nSELECT 'a\\';\n" + SHELL + "SELECT ';\n");
        all.add(
                "no standard strings, spelt otherwise",
                "SET U&\"st\\0061ndard_conforming_strings\" = off;\nSELECT 'a\\';\n" + SHELL + "SELECT ';\n");
        all.add(
                "no standard strings, by a function of its own",
                "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql SET standard_conforming_strings = off AS"
                        + " 'SELECT 1';\nCREATE FUNCTION public.g() RETURNS text LANGUAGE sql AS $$ SELECT"
                        + " set_config('standard_conforming_' || 'strings', 'off', false) $$;\nSELECT public.g();\n"
                        + "SELECT 'a\\';\n" + SHELL + "SELECT ';\n");
        all.bytes(
                "bytes of another encoding",
                "SET client_encoding = 'SJIS';\nSELECT E'\u0083\\'';\n" + SHELL + "--';\n");
        all.bytes("bytes of another encoding, by name", "SET NAMES 'BIG5';\nSELECT E'\u00a4\\'';\n" + SHELL + "--';\n");
        all.add(
                "rows for a table called stdin",
                "CREATE TABLE stdin (a text);\nCOPY (SELECT 1 FROM stdin) TO stdout;\n" + SHELL + "\\.\n");
        all.add("rows out, not in", TABLE + "COPY public.t TO stdout /* FROM stdin */;\n" + SHELL + "\\.\n");
        all.add("rows from stdout", TABLE + "COPY public.t FROM STDOUT;\n\\.\n" + SHELL);
        all.add(
                "rows of a statement in a function",
                "CREATE FUNCTION public.f(begin int) RETURNS int LANGUAGE sql AS 'SELECT 1';\nCOPY public.t FROM stdin;\n"
                        + SHELL + "\\.\n");
        all.add(
                "rows of a rule",
                TABLE + "CREATE RULE r AS ON INSERT TO public.t DO ALSO (SELECT 1; COPY public.t FROM stdin;\n" + SHELL
                        + "\\.\n);\n");
        all.add("rows as CSV", TABLE + "COPY public.t FROM stdin (FORMAT csv);\n\"\n\\.\n" + SHELL + "\"\n\\.\n");
        all.add("rows behind another statement", TABLE + "SELECT 1\\;COPY public.t FROM stdin;\n\\.\n" + SHELL);
        all.add(
                "a body that case and end close",
                "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END;\n"
                        + SHELL);
        all.add("a zero byte", "SELECT 1;\0 '\n" + SHELL + "'\n");
        all.add("a zero byte in a string", "SELECT 'a\0';\n" + SHELL);
        all.add("a variable", "SELECT :'HOME', :\"USER\", :AUTOCOMMIT;\n" + SHELL);
        all.add("a condition", "\\if true\n" + SHELL + "\\endif\n");
        all.add("another session", "\\connect - - - -\n" + SHELL);
        all.add("byte order mark", "\ufeff" + SHELL);
        return all.dumps;
    }

    /** Dumps that ask the server for what only a superuser may have. */
    static Map<String, byte[]> forTheServer() {
        HostileDumps all = new HostileDumps();
        all.add("a program", SERVER + ";\n");
        all.add(
                "a program in a check",
                "CREATE FUNCTION public.f(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN "
                        + SERVER + "; RETURN true; END $$;\nCREATE TABLE public.c (a text CHECK (public.f(a)));\n"
                        + "COPY public.c (a) FROM stdin;\nx\n\\.\n");
        all.add(
                "a program in an index",
                TABLE + "COPY public.t (a) FROM stdin;\nx\n\\.\n"
                        + "CREATE FUNCTION public.f(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN " + SERVER
                        + "; RETURN $1; END $$;\nCREATE INDEX i ON public.t (public.f(a));\n");
        all.add(
                "a program in a materialized view",
                "CREATE FUNCTION public.f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN "
                        + SERVER
                        + "; RETURN 1; END $$;\nCREATE MATERIALIZED VIEW public.m AS SELECT public.f() WITH NO DATA;\n"
                        + "REFRESH MATERIALIZED VIEW public.m;\n");
        all.add(
                "a program in an event trigger",
                "CREATE FUNCTION public.f() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN "
                        + SERVER
                        + "; END $$;\nCREATE EVENT TRIGGER e ON ddl_command_start EXECUTE FUNCTION public.f();\n"
                        + "ALTER EVENT TRIGGER e ENABLE ALWAYS;\nCREATE TABLE public.forced (a int);\n"
                        + "ALTER TABLE public.forced ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\n");
        all.add(
                "operators before the catalog's",
                "CREATE SCHEMA evil;\nCREATE FUNCTION evil.f(name, text) RETURNS boolean"
                        + " LANGUAGE plpgsql AS $$ BEGIN " + SERVER + "; RETURN true; END $$;\n"
                        + "CREATE OPERATOR evil.= (LEFTARG = name, RIGHTARG = text, FUNCTION = evil.f);\n"
                        + "CREATE OPERATOR public.= (LEFTARG = name, RIGHTARG = text, FUNCTION = evil.f);\n"
                        + "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = evil, public, pg_catalog',"
                        + " current_database()); END $$;\n");
        all.add(
                "a function in C",
                "CREATE FUNCTION public.f(text) RETURNS int LANGUAGE c AS 'libc.so.6', 'system';\n"
                        + "SELECT public.f('touch " + MARKER + "');\n");
        all.add("a file on the server", "COPY (SELECT 1) TO '" + MARKER + "';\n");
        all.add(
                "a large object as a file",
                "SELECT lo_from_bytea(4711, 'x');\nSELECT lo_export(4711, '" + MARKER + "');\n");
        all.add("a setting of the server", "ALTER SYSTEM SET archive_command = 'touch " + MARKER + "';\n");
        all.add("another database dropped", "DROP DATABASE \"" + OTHER + "\" WITH (FORCE);\n");
        all.add("another database, in between", "SELECT 1;\nCOMMIT;\nDROP DATABASE \"" + OTHER + "\";\n");
        all.add("a superuser", "CREATE ROLE evil SUPERUSER LOGIN PASSWORD 'x';\n");
        all.add("the verifier's password", "ALTER ROLE CURRENT_USER PASSWORD 'x';\n");
        all.add("the session's password", "ALTER ROLE SESSION_USER PASSWORD 'x' CONNECTION LIMIT 0;\n");
        all.add(
                "the verifier's settings",
                "DO $$ BEGIN EXECUTE format('ALTER ROLE %I SET search_path = evil', session_user); END $$;\n");
        all.add("another role", "RESET ROLE;\nRESET SESSION AUTHORIZATION;\n" + SERVER + ";\n");
        all.add("another role by name", "SET SESSION AUTHORIZATION postgres;\n" + SERVER + ";\n");
        all.add(
                "another role in code",
                "DO $$ BEGIN RESET SESSION AUTHORIZATION; SET ROLE postgres; " + SERVER + "; END $$;\n");
        all.add(
                "a template",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I IS_TEMPLATE true', current_database()); END $$;\n");
        all.add(
                "another mark",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I CONNECTION LIMIT 5', current_database()); END $$;\n");
        all.add(
                "no connections",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I ALLOW_CONNECTIONS false', current_database()); END $$;\n");
        all.add(
                "another name",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RENAME TO kept', current_database()); END $$;\n");
        all.add(
                "the server's settings for this database",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET statement_timeout = 1', current_database()); END $$;\n");
        all.add(
                "everybody's sessions",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid();\n");
        all.add(
                "a connection to another database",
                "CREATE EXTENSION dblink;\nSELECT dblink_exec('dbname=" + OTHER
                        + " user=postgres', 'CREATE TABLE public.visited ()');\n");
        return all.dumps;
    }

    /** Statements on databases, roles and the server that stand in a dump as such. */
    static Map<String, byte[]> forOtherDatabases() {
        HostileDumps all = new HostileDumps();
        all.add("another name for a database", "ALTER DATABASE \"" + OTHER + "\" RENAME TO stolen;\n");
        all.add("another owner of a database", "ALTER DATABASE \"" + OTHER + "\" OWNER TO CURRENT_USER;\n");
        all.add("a setting of a database", "ALTER DATABASE \"" + OTHER + "\" SET search_path = evil;\n");
        all.add("a database as a template", "ALTER DATABASE \"" + OTHER + "\" IS_TEMPLATE true;\n");
        all.add("a database without connections", "ALTER DATABASE \"" + OTHER + "\" CONNECTION LIMIT 0;\n");
        all.add("a database for everybody", "GRANT ALL ON DATABASE \"" + OTHER + "\" TO PUBLIC;\n");
        all.add("a database of its own", "CREATE DATABASE stowaway;\n");
        all.add("settings of every role", "ALTER ROLE ALL SET search_path = evil;\n");
        all.add("a member of the verifier's role", "GRANT CURRENT_USER TO pg_monitor;\n");
        all.add("what a role owns", "DROP OWNED BY CURRENT_USER CASCADE;\n");
        all.add("a parameter of the server", "GRANT ALTER SYSTEM ON PARAMETER archive_command TO PUBLIC;\n");
        all.add("a tablespace", "CREATE TABLESPACE evil LOCATION '" + MARKER + "';\n");
        return all.dumps;
    }

    /** What functions try that are called while rows are loaded, and that is not theirs to do. */
    static Map<String, byte[]> inFunctions() {
        HostileDumps all = new HostileDumps();
        all.inCheck("drops a database", "EXECUTE 'DROP DATABASE \"" + OTHER + "\"';");
        all.inCheck("renames a database", "EXECUTE 'ALTER DATABASE \"" + OTHER + "\" RENAME TO stolen';");
        all.inCheck("takes a database", "EXECUTE 'ALTER DATABASE \"" + OTHER + "\" OWNER TO CURRENT_USER';");
        all.inCheck("sets something for a database", "EXECUTE 'ALTER DATABASE \"" + OTHER + "\" SET work_mem = 64';");
        all.inCheck("makes a database a template", "EXECUTE 'ALTER DATABASE \"" + OTHER + "\" IS_TEMPLATE true';");
        all.inCheck("closes a database", "EXECUTE 'ALTER DATABASE \"" + OTHER + "\" CONNECTION LIMIT 0';");
        all.inCheck("renames its own database", ofItsDatabase("RENAME TO kept"));
        all.inCheck("gives its database away", ofItsDatabase("OWNER TO pg_monitor"));
        all.inCheck("makes a role", "EXECUTE 'CREATE ROLE stowaway';");
        all.inCheck("becomes a superuser", "EXECUTE 'ALTER ROLE CURRENT_USER SUPERUSER';");
        all.inCheck("may make databases", "EXECUTE 'ALTER ROLE CURRENT_USER CREATEDB CREATEROLE BYPASSRLS';");
        all.inCheck("is renamed", "EXECUTE format('ALTER ROLE %I RENAME TO stowaway', current_user);");
        all.inCheck("sets the server", "EXECUTE 'ALTER SYSTEM SET archive_command = ''touch " + MARKER + "''';");
        all.inCheck("writes a file", "EXECUTE 'COPY (SELECT 1) TO ''" + MARKER + "''';");
        all.inCheck("takes every lock", "PERFORM pg_advisory_lock(n) FROM generate_series(1, 1000000) n;");
        return all.dumps;
    }

    /** What a function may do in a database of its own, and that is gone with it. */
    static Map<String, byte[]> contained() {
        HostileDumps all = new HostileDumps();
        all.add(
                "a program in a policy",
                TABLE + "CREATE FUNCTION public.f() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN "
                        + SERVER + "; RETURN true; END $$;\nCREATE POLICY p ON public.t USING (public.f());\n"
                        + "ALTER TABLE public.t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;\n");
        all.inCheck("a template", ofItsDatabase("IS_TEMPLATE true"));
        all.inCheck("another mark", ofItsDatabase("CONNECTION LIMIT 5"));
        all.inCheck("no connections", ofItsDatabase("ALLOW_CONNECTIONS false"));
        all.inCheck("settings", ofItsDatabase("SET statement_timeout = 1"));
        all.inCheck("a password", "EXECUTE 'ALTER ROLE CURRENT_USER PASSWORD ''known''';");
        all.inCheck("no password", "EXECUTE 'ALTER ROLE CURRENT_USER PASSWORD NULL';");
        all.inCheck("settings of the role", "EXECUTE 'ALTER ROLE CURRENT_USER SET search_path = evil';");
        all.inCheck("locks", "PERFORM pg_advisory_lock(n) FROM generate_series(1, 100) n;");
        all.inCheck("a listener", "EXECUTE 'LISTEN x';");
        all.inCheck("notices to all", "PERFORM pg_notify('x' || n, repeat('y', 7000)) FROM generate_series(1, 500) n;");
        all.inCheck("temporary tables", "EXECUTE 'CREATE TEMP TABLE x AS SELECT n FROM generate_series(1, 10000) n';");
        all.inCheck("a prepared statement", "EXECUTE 'PREPARE x AS SELECT 1';");
        all.inCheck("other settings", "EXECUTE 'SET standard_conforming_strings = off';");
        return all.dumps;
    }

    private static String ofItsDatabase(String change) {
        return "EXECUTE format('ALTER DATABASE %I " + change + "', current_database());";
    }

    private void inCheck(String name, String code) {
        add(
                "in a check: " + name,
                "CREATE FUNCTION public.f(text) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN " + code
                        + " RETURN true; END $$;\nCREATE TABLE public.c (a text CHECK (public.f(a)));\n"
                        + "COPY public.c (a) FROM stdin;\nx\n\\.\n");
    }

    private void add(String name, String sql) {
        dumps.put(name, (sql + TRAILER).getBytes(StandardCharsets.UTF_8));
    }

    private void bytes(String name, String sql) {
        dumps.put(name, (sql + TRAILER).getBytes(StandardCharsets.ISO_8859_1));
    }
}

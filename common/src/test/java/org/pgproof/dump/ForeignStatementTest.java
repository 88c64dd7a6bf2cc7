package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignStatementTest {
    private static final String ENTRY = "--\n-- Name: t; Type: TABLE; Schema: public; Owner: -\n--\n\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET statement_timeout = 0;",
                "SET transaction_timeout = 0;",
                "SET client_encoding = 'SQL_ASCII';",
                "SET standard_conforming_strings = on;",
                "SET escape_string_warning = off;",
                "SET row_security = off;",
                "SELECT pg_catalog.set_config('search_path', '', false);",
                "SET search_path = public, pg_catalog;",
                "SET SESSION AUTHORIZATION 'me';",
                "SET SESSION AUTHORIZATION DEFAULT;"
            })
    void knowsWhatADumpBeginsWith(String sql) {
        assertThat(RecordedDump.of(sql + "\n").foreign).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET default_tablespace = '';",
                "SET default_tablespace = \"a b\";",
                "SET default_table_access_method = heap;",
                "SET default_with_oids = false;",
                "SET search_path = \"We\"\"ird\", pg_catalog;",
                "SELECT pg_catalog.setval('public.\"it''s\"', -42, true);",
                "SELECT pg_catalog.setval(E'public.\"a\\\\b\"', 1, false);",
                "SELECT pg_catalog.lowrite(0, '\\x0102');",
                "SELECT pg_catalog.lo_open('16400', 131072);",
                "BEGIN;",
                "COMMIT;",
                "INSERT INTO public.t (a, \"b\") VALUES (1, 'set_config(', NULL, true, B'101', E'\\\\'), (DEFAULT, -1.5e10);",
                "INSERT INTO public.t OVERRIDING SYSTEM VALUE VALUES (1) ON CONFLICT DO NOTHING;",
                "INSERT INTO t DEFAULT VALUES;",
                "CREATE TABLE public.t (a int GENERATED ALWAYS AS (1) STORED);",
                "CREATE VIEW v AS SELECT set_config('row_security', 'off', false);",
                "CREATE MATERIALIZED VIEW v AS\n SELECT 1\n  WITH NO DATA;",
                "CREATE FUNCTION f() RETURNS int SET search_path TO 'x' BEGIN ATOMIC SELECT set_config('a', 'b', true); END;",
                "ALTER FUNCTION f() SET standard_conforming_strings = off;",
                "ALTER TABLE t DISABLE TRIGGER ALL;",
                "ALTER TABLE public.t CLUSTER ON i;",
                "ALTER LARGE OBJECT 16400 OWNER TO me;",
                "ALTER DEFAULT PRIVILEGES FOR ROLE me GRANT ALL ON TABLES  TO you;",
                "CREATE USER MAPPING FOR me SERVER s;",
                "DROP USER MAPPING IF EXISTS FOR me SERVER s;",
                "CREATE UNIQUE INDEX i ON ONLY public.t USING btree (a);",
                "CREATE OR REPLACE PROCEDURAL LANGUAGE plperl;",
                "CREATE CAST (json AS bytea) WITHOUT FUNCTION;",
                "DROP SCHEMA IF EXISTS public;",
                "ALTER TABLE IF EXISTS ONLY public.t DROP CONSTRAINT IF EXISTS t_pkey;",
                "GRANT ALL ON SCHEMA public TO PUBLIC;",
                "GRANT SELECT,INSERT ON TABLE public.t TO you WITH GRANT OPTION;",
                "GRANT SELECT(a),UPDATE(\"b c\") ON TABLE public.t TO you;",
                "REVOKE ALL ON FUNCTION public.f() FROM PUBLIC;",
                "REVOKE GRANT OPTION FOR ALL ON TABLE public.t FROM you;",
                "COMMENT ON DATABASE shop IS 'as pg_dump 10 wrote';",
                "SECURITY LABEL FOR \"a b\" ON TABLE public.t IS 'x';",
                "SECURITY LABEL FOR anon ON COLUMN public.t.a IS 'x';"
            })
    void knowsWhatAnEntryHolds(String sql) {
        assertThat(RecordedDump.of(ENTRY + sql + "\n").foreign).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET standard_conforming_strings = off;",
                "SET client_encoding = 'UTF8';",
                "SET row_security = on;",
                "SET LOCAL search_path = x;",
                "SET SESSION search_path = x;",
                "SET NAMES 'UTF8';",
                "SET ROLE postgres;",
                "SET U&\"se\\0061rch_path\" = x;",
                "SET search_path TO x;",
                "SET statement_timeout = 1;",
                "RESET ALL;",
                "DISCARD ALL;",
                "SELECT set_config('search_path', '', false);",
                "SELECT pg_catalog.set_config('role', 'x', false);",
                "SELECT pg_catalog.set_config('search_path', '', false), 1;",
                "SELECT 1;",
                "WITH x AS (SELECT 1) SELECT 1;",
                "(SELECT 1);",
                "VALUES (1);",
                "TABLE t;",
                "UPDATE pg_settings SET setting = 'x';",
                "DELETE FROM t;",
                "DO $$ $$;",
                "CALL p();",
                "EXECUTE x;",
                "PREPARE x AS SELECT 1;",
                "EXPLAIN ANALYZE SELECT 1;",
                "LOAD 'x';",
                "BEGIN ISOLATION LEVEL SERIALIZABLE;",
                "CREATE DATABASE x;",
                "ALTER DATABASE x SET work_mem = '1GB';",
                "DROP DATABASE \"other\" WITH (FORCE);",
                "DROP DATABASE IF EXISTS x;",
                "DROP/**/DATABASE x;",
                "drop database x;",
                "DROP\nDATABASE x;",
                "CREATE ROLE evil SUPERUSER;",
                "CREATE USER evil SUPERUSER;",
                "CREATE GROUP evil;",
                "ALTER ROLE me PASSWORD 'x';",
                "ALTER USER ALL SET role = 'x';",
                "ALTER GROUP g ADD USER evil;",
                "DROP ROLE x;",
                "DROP OWNED BY x;",
                "REASSIGN OWNED BY x TO y;",
                "ALTER SYSTEM SET archive_command = 'x';",
                "CREATE TABLESPACE x LOCATION '/x';",
                "DROP TABLESPACE x;",
                "GRANT x TO y;",
                "GRANT \"pg_execute_server_program\" TO CURRENT_USER;",
                "GRANT ALL ON DATABASE other TO PUBLIC;",
                "GRANT ALTER SYSTEM ON PARAMETER archive_command TO x;",
                "REVOKE x FROM y;",
                "COMMENT ON ROLE x IS 'x';",
                "TRUNCATE t;",
                "VACUUM;",
                "CLUSTER t;",
                "CHECKPOINT;",
                "LOCK t;",
                "LISTEN x;",
                "NOTIFY x;",
                "PREPARE TRANSACTION 'x';",
                "IMPORT FOREIGN SCHEMA s FROM SERVER x INTO y;",
                "SELECT pg_catalog.setval('s', 1, f());",
                "SELECT pg_catalog.lowrite(0, '\\x00'), f();",
                "INSERT INTO t VALUES (f());",
                "INSERT INTO t SELECT f();",
                "INSERT INTO t VALUES (1) RETURNING f();",
                "INSERT INTO t (a) WITH v AS (VALUES (1)) SELECT f();",
                "CREATE TABLE t AS SELECT 1;",
                "CREATE TABLE t (a) AS SELECT 1;",
                "CREATE UNLOGGED TABLE t AS SELECT 1;",
                "CREATE MATERIALIZED VIEW v AS SELECT 1;",
                "CREATE MATERIALIZED VIEW v AS SELECT 1 WITH DATA;"
            })
    void refusesWhatPgDumpDoesNotWrite(String sql) {
        assertThat(RecordedDump.of(ENTRY + sql + "\n").foreign).hasSize(1);
    }
}

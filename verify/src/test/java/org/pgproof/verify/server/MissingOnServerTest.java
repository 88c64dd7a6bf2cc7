package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingOnServerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "08006||",
                "53100||",
                "53300||",
                "57P01||",
                "57014||",
                "58030||",
                "42501||",
                "F0000||",
                "42704|GRANT SELECT ON TABLE public.t TO reader;|get_role_oid",
                "42704|CREATE POLICY p ON public.t TO reader;|get_rolespec_oid",
                "42704|CREATE TABLE public.t (|get_tablespace_oid",
                "42704|CREATE TABLE public.t (|get_collation_oid",
                "22023|CREATE COLLATION public.german (provider = libc, locale = 'de_DE');|",
                "0A000|CREATE COLLATION public.german (provider = icu, locale = 'de');|",
                "22023|SECURITY LABEL FOR anon ON COLUMN public.t.a IS 'MASKED';|",
                "22023|SET default_table_access_method = columnar;|",
                "XX000|CREATE EXTENSION IF NOT EXISTS pg_partman WITH SCHEMA partman;|",
                "P0001|CREATE EXTENSION IF NOT EXISTS pg_partman WITH SCHEMA partman;|exec_stmt_raise",
                "42883|CREATE FUNCTION public.f() RETURNS integer|lookup_external_function",
                "0A000|CREATE EXTENSION IF NOT EXISTS postgis WITH SCHEMA public;|"
            })
    void explainsWhatTheServerLacks(String state, String statement, String routine) {
        assertThat(explains(state, statement, routine)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42601|CREATE ROLE|",
                "42P01|CREATE VIEW public.v AS|",
                "42704|CREATE TABLE public.t (|typenameType",
                "42704|COPY public.t (a) FROM stdin;|exec_stmt_raise",
                "42883|CREATE INDEX i ON public.t USING btree (public.f(a));|ParseFuncOrColumn",
                "23503|ALTER TABLE ONLY public.t|ri_ReportViolation",
                "22P02|COPY public.t (a) FROM stdin;|",
                "22023|COPY public.t (a) FROM stdin;|",
                "55000|ALTER INDEX public.a ATTACH PARTITION public.b;|",
                "0A000|ALTER TABLE public.t|"
            })
    void doesNotExcuseWhatIsWrongWithTheDump(String state, String statement, String routine) {
        assertThat(explains(state, statement, routine)).isFalse();
    }

    private static boolean explains(String state, String statement, String routine) {
        return MissingOnServer.explains(
                new Psql.SqlError(state, "", statement == null ? "" : statement, routine == null ? "" : routine));
    }
}

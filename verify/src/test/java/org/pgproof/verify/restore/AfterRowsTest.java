package org.pgproof.verify.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AfterRowsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX i ON public.t USING btree (id);",
                "ALTER TABLE ONLY public.t\n    ADD CONSTRAINT t_pkey PRIMARY KEY (id);",
                "COMMENT ON INDEX public.i IS 'x';",
                "REFRESH MATERIALIZED VIEW public.m;",
                "SET default_tablespace = '';",
                "GRANT SELECT ON TABLE public.t TO reader;"
            })
    void definitionsLeaveRowsAsTheyAre(String sql) {
        assertThat(AfterRows.keepsRows(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM public.t;",
                "UPDATE public.t SET id = 1;",
                "INSERT INTO public.t VALUES (1);",
                "TRUNCATE public.t;",
                "DO $$ BEGIN END $$;",
                "WITH gone AS (DELETE FROM public.t RETURNING 1) SELECT 1;",
                "SELECT public.f();",
                "SELECT pg_catalog.set_config('track_counts', 'off', false);",
                "SET track_counts = off;",
                "CALL public.p();",
                "-- hidden\nDELETE FROM public.t;"
            })
    void otherStatementsMayChangeThem(String sql) {
        assertThat(AfterRows.keepsRows(sql)).isFalse();
    }
}

package org.pgproof.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.dump.DumpScanner;

/** Whether a dump is seen to lack what it announces. */
class EntryDefinitionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            FUNCTION  | f()                 | CREATE FUNCTION public.f() RETURNS integer AS $$ SELECT 1 $$;
            FUNCTION  | f()                 | CREATE FUNCTION public.f(OUT a integer) RETURNS integer AS $$ $$;
            PROCEDURE | p()                 | CREATE PROCEDURE public.p() AS $$ $$;
            AGGREGATE | a(*)                | CREATE AGGREGATE public.a(*) (SFUNC = f);
            FUNCTION  | odd()(integer)      | CREATE FUNCTION public."odd()"(a integer) RETURNS integer AS $$ $$;
            FUNCTION  | g(integer, integer) | CREATE FUNCTION public.g(a integer, integer) RETURNS integer AS $$ () $$;
            TYPE      | shell               | CREATE TYPE public.shell;
            """)
    void isWhole(String kind, String name, String sql) {
        assertThat(gone(kind, name, sql)).isEmpty();
    }

    @Test
    void isOnlyAName() {
        assertThat(gone("INDEX", "i", ";")).containsExactly("INDEX public.i");
        assertThat(gone("INDEX", "i", ";\nCOMMENT ON INDEX public.i IS 'x';")).containsExactly("INDEX public.i");
    }

    @Test
    void lacksItsSignature() {
        String result = "CREATE FUNCTION public.f() RETURNS \n    LANGUAGE sql AS $$ SELECT 1 $$;";
        assertThat(gone("FUNCTION", "f()", result)).containsExactly("FUNCTION public.f()");
        assertThat(gone("PROCEDURE", "p(integer)", "CREATE PROCEDURE public.p() AS $$ $$;"))
                .containsExactly("PROCEDURE public.p(integer)");
    }

    private static List<String> gone(String kind, String name, String sql) {
        byte[] dump = "--\n-- Name: %s; Type: %s; Schema: public; Owner: -\n--\n\n%s\n"
                .formatted(name, kind, sql)
                .getBytes(StandardCharsets.UTF_8);
        DumpContents contents = new DumpContents();
        DumpScanner scanner = new DumpScanner(contents);
        scanner.write(dump, 0, dump.length);
        scanner.end();
        contents.end(dump.length);
        return contents.gone();
    }
}

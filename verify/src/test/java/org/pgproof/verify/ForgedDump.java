package org.pgproof.verify;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Dumps that somebody wrote so that a reader of SQL sees a string or a comment where psql sees a command. In the texts {@code
 * !!} stands for a command that makes a file, and {@code `!!`} for the same in backquotes.
 */
enum ForgedDump {
    PLAIN("!!\n"),
    SETTING_BESIDE_ANOTHER(off("SELECT pg_catalog.set_config('search_path', '', false),"
            + " pg_catalog.set_config('standard_conforming_strings', 'off', false);\n")),
    SETTING_OF_A_TRANSACTION("BEGIN;\n" + off("SET LOCAL standard_conforming_strings = off;\n") + "COMMIT;\n"),
    SETTING_OF_THE_SESSION(off("SET SESSION standard_conforming_strings TO 'off';\n")),
    SETTING_WITH_AN_ESCAPED_NAME(off("SET U&\"st\\0061ndard_conforming_strings\" = off;\n")),
    SETTING_IN_THE_CATALOG(
            off("UPDATE pg_catalog.pg_settings SET setting = 'off' WHERE name = 'standard_conforming_strings';\n")),
    SETTING_BY_A_BLOCK(
            off("DO $$ BEGIN PERFORM pg_catalog.set_config('standard_conforming_strings', 'off', false); END $$;\n")),
    SETTING_BY_A_CALL(
            off(
                    "CREATE PROCEDURE public.p() LANGUAGE plpgsql AS $$ BEGIN"
                            + " PERFORM pg_catalog.set_config('standard_conforming_strings', 'off', false); END $$;\nCALL public.p();\n")),
    SETTING_BY_A_ROW(off("INSERT INTO public.small VALUES"
            + " (0, pg_catalog.set_config('standard_conforming_strings', 'off', false));\n")),
    SETTING_BY_A_QUERY(off("CREATE TABLE public.x AS SELECT pg_catalog.set_config('standard_conforming_strings', 'off',"
            + " false);\n")),
    SETTING_BY_A_VIEW(off("CREATE MATERIALIZED VIEW public.v AS SELECT"
            + " pg_catalog.set_config('standard_conforming_strings', 'off', false);\n")),
    SETTING_AS_A_SEQUENCES_VALUE(off("CREATE SEQUENCE public.s;\nSELECT pg_catalog.setval('public.s', 1,"
            + " pg_catalog.set_config('standard_conforming_strings', 'off', false) = 'off');\n")),
    /** What an ordinary owner of a table can do to an honest backup: nothing here is foreign to pg_dump. */
    SETTING_BY_A_CHECK("CREATE FUNCTION public.f(a integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN"
            + " PERFORM pg_catalog.set_config('standard_conforming_strings', 'off', false); RETURN true; END $$;\n"
            + "CREATE TABLE public.owned (a integer CHECK (public.f(a)));\nCOPY public.owned (a) FROM stdin;\n1\n\\.\n"
            + "CREATE TABLE public.later (a text DEFAULT 'a\\'');\n!!\n--');\n"),
    ENCODING_BESIDE_ANOTHER(letters("SELECT pg_catalog.set_config('search_path', '', false),"
            + " pg_catalog.set_config('client_encoding', 'SJIS', false);\n")),
    ENCODING_BY_A_BLOCK(
            letters("DO $$ BEGIN PERFORM pg_catalog.set_config('client_encoding', 'GBK', false); END $$;\n")),
    ROWS_FROM_STDOUT("COPY public.small (id, word) FROM STDOUT;\n0\t'\n\\.\n!!\n--';\n"),
    ROWS_WITH_A_CARRIAGE_RETURN("COPY public.small (id, word) FROM stdin;\n0\tx\n\\.\r\n!!\n\\.\n"),
    COMMENT_WITH_A_CARRIAGE_RETURN("-- x\r!!\n"),
    COMMANDS_WITHIN_A_STATEMENT("SELECT 1 !!\n;\n"),
    A_NUL("SELECT 'x\0';\n!!\n--';\n"),
    A_KEY_IN_BACKQUOTES("\\unrestrict `!!`\n"),
    A_KEY_IN_BACKQUOTES_AFTER_A_CHECK(SETTING_BY_A_CHECK.text.replace("!!", "\\unrestrict `!!`"));

    private static final Pattern PAIR = Pattern.compile("(?m)^\\\\(?:un)?restrict .*\n");

    private final String text;

    ForgedDump(String text) {
        this.text = text;
    }

    /** A string ends for psql where the backslash escapes its quote, and goes on for whoever did not notice. */
    private static String off(String setting) {
        return setting + "SELECT 'a\\'' ;\n!!\n--';\n";
    }

    /** The second byte of a letter is a backslash for whoever does not know the letter. */
    private static String letters(String setting) {
        return setting + "SELECT E'\u0095\\' ;\n!!\n--';\n";
    }

    /** Returns an honest dump with the forged text before its rows, and without pg_dump's own protection. */
    byte[] in(byte[] honest, Path proof) {
        String command = "touch " + proof;
        String forged = text.replace("`!!`", "`" + command + "`").replace("!!", "\\! " + command);
        String unprotected =
                PAIR.matcher(new String(honest, StandardCharsets.ISO_8859_1)).replaceAll("");
        DumpText dump = DumpText.of(unprotected.getBytes(StandardCharsets.ISO_8859_1));
        int at = dump.entry("TABLE DATA", "small").start();
        return dump.splice(at, at, forged);
    }
}

package org.pgproof.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A dump as text, one character a byte, cut at its entries. */
record DumpText(String text, List<Entry> entries) {
    private static final Pattern HEADING =
            Pattern.compile("(?m)^--\n-- (?:Data for )?Name: (.*); Type: (.*); Schema: (.*); Owner: .*\n--\n");
    private static final String END = "--\n-- PostgreSQL database dump complete";

    /**
     * One entry with its heading and what follows until the next one.
     *
     * @param body where its statements begin
     */
    record Entry(String name, String kind, String schema, int start, int body, int end) {
        boolean isData() {
            return kind.equals("TABLE DATA");
        }

        @Override
        public String toString() {
            return kind + " " + schema + "." + name;
        }
    }

    static DumpText of(byte[] sql) {
        String text = new String(sql, StandardCharsets.ISO_8859_1);
        Matcher heading = HEADING.matcher(text);
        List<Entry> entries = new ArrayList<>();
        List<MatchResult> headings = heading.results().toList();
        for (int i = 0; i < headings.size(); i++) {
            MatchResult one = headings.get(i);
            int end = i + 1 < headings.size() ? headings.get(i + 1).start() : text.lastIndexOf(END);
            entries.add(new Entry(one.group(1), one.group(2), one.group(3), one.start(), one.end(), end));
        }
        return new DumpText(text, entries);
    }

    Stream<Entry> definitions() {
        return entries.stream().filter(entry -> !entry.isData());
    }

    Entry entry(String kind, String name) {
        return entries.stream()
                .filter(entry -> entry.kind().equals(kind) && entry.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in the dump"));
    }

    /** Returns the lines of a table's COPY data. */
    List<String> rows(Entry data) {
        int start = rowsStart(data);
        int end = rowsEnd(data);
        return start == end ? List.of() : List.of(text.substring(start, end - 1).split("\n", -1));
    }

    private int rowsStart(Entry data) {
        return text.indexOf("FROM stdin;\n", data.body()) + "FROM stdin;\n".length();
    }

    private int rowsEnd(Entry data) {
        int start = rowsStart(data);
        return text.startsWith("\\.\n", start) ? start : text.indexOf("\n\\.\n", start) + 1;
    }

    byte[] without(Entry entry) {
        return without(List.of(entry));
    }

    byte[] without(List<Entry> gone) {
        StringBuilder left = new StringBuilder(text);
        gone.stream()
                .sorted(Comparator.comparingInt(Entry::start).reversed())
                .forEach(entry -> left.delete(entry.start(), entry.end()));
        return bytes(left.toString());
    }

    byte[] withRows(Entry data, List<String> rows) {
        return bytes(replaced(text, data, rows));
    }

    /** Two tables at once; the second one's data lies behind the first one's. */
    byte[] withRows(Entry first, List<String> firstRows, Entry second, List<String> secondRows) {
        return first.start() < second.start()
                ? bytes(replaced(replaced(text, second, secondRows), first, firstRows))
                : withRows(second, secondRows, first, firstRows);
    }

    private String replaced(String in, Entry data, List<String> rows) {
        StringBuilder lines = new StringBuilder();
        rows.forEach(row -> lines.append(row).append('\n'));
        return in.substring(0, rowsStart(data)) + lines + in.substring(rowsEnd(data));
    }

    /** Replaces the first occurrence in one entry's statements, which must be there. */
    byte[] with(String kind, String name, String old, String replacement) {
        Entry entry = entry(kind, name);
        int at = text.indexOf(old, entry.body());
        if (at < 0 || at >= entry.end()) {
            throw new AssertionError(
                    "no \"" + old + "\" in " + entry + ":\n" + text.substring(entry.start(), entry.end()));
        }
        return splice(at, at + old.length(), replacement);
    }

    byte[] splice(int from, int to, String replacement) {
        return bytes(text.substring(0, from) + replacement + text.substring(to));
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}

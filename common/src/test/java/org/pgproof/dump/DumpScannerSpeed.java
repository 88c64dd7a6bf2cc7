package org.pgproof.dump;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * Prints how many bytes are scanned per second of processor time, beside a plain loop that counts newlines: of rows of several widths, of INSERT
 * statements, and of the files (of up to 2 GiB) named as arguments.
 */
final class DumpScannerSpeed {
    private static final int SIZE = 256 << 20;
    private static final int PIECE = 1 << 16;
    private static final int ROUNDS = 7;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private DumpScannerSpeed() {}

    private interface Pass {
        void over(byte[] dump);
    }

    public static void main(String[] files) throws IOException {
        for (int width : new int[] {10, 40, 100, 200, 1000, 100_000}) {
            print("rows of " + width, rows(width));
        }
        print("inserts", inserts());
        for (String file : files) {
            print(file, Files.readAllBytes(Path.of(file)));
        }
    }

    private static void print(String name, byte[] dump) {
        PrintStream out = System.out;
        out.printf(
                Locale.ROOT,
                "%-20s newlines %5.0f MB/s, scanned %5.0f MB/s, scanned and hashed %5.0f MB/s%n",
                name,
                speed(dump, DumpScannerSpeed::newlines),
                speed(dump, bytes -> scan(bytes, false)),
                speed(dump, bytes -> scan(bytes, true)));
    }

    private static double speed(byte[] dump, Pass pass) {
        double best = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = THREADS.getCurrentThreadCpuTime();
            pass.over(dump);
            best = Math.max(best, dump.length * 1e3 / (THREADS.getCurrentThreadCpuTime() - start));
        }
        return best;
    }

    private static void newlines(byte[] dump) {
        long lines = 0;
        for (byte value : dump) {
            lines += value == '\n' ? 1 : 0;
        }
        if (lines == 0) {
            throw new IllegalStateException("No newline");
        }
    }

    private static void scan(byte[] dump, boolean hashRows) {
        DumpScanner scanner = new DumpScanner(new DumpListener() {}, hashRows);
        for (int i = 0; i < dump.length; i += PIECE) {
            scanner.write(dump, i, Math.min(PIECE, dump.length - i));
        }
        scanner.end();
    }

    private static byte[] rows(int width) {
        byte[] dump = new byte[SIZE];
        Random random = new Random(1);
        for (int i = 0; i < SIZE; i++) {
            dump[i] = (byte) ('a' + random.nextInt(26));
        }
        for (int i = 0; i < SIZE; i += width / 2 + random.nextInt(width)) {
            dump[i] = '\n';
        }
        byte[] copy = "COPY public.t (a, b) FROM stdin;\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(copy, 0, dump, 0, copy.length);
        return dump;
    }

    private static byte[] inserts() {
        StringBuilder sql = new StringBuilder(SIZE);
        for (int i = 0; sql.length() < SIZE / 2; i++) {
            sql.append("INSERT INTO public.orders VALUES (").append(i);
            sql.append(", 'some text, isn''t it', '{\"a\": 1}', '2026-01-01 00:00:00+00');\n");
        }
        return sql.toString().getBytes(StandardCharsets.US_ASCII);
    }
}

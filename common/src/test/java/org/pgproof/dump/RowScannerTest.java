package org.pgproof.dump;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowScannerTest {
    private final RowScanner scanner = new RowScanner(true);

    private int write(String rows) {
        byte[] bytes = rows.getBytes(ISO_8859_1);
        return scanner.write(bytes, 0, bytes.length);
    }

    private static Fingerprint fingerprint(String... rows) {
        Fingerprint sum = Fingerprint.ZERO;
        for (String row : rows) {
            Digest digest = Digest.of(row.getBytes(ISO_8859_1));
            sum = sum.plus(new Fingerprint(digest.high(), digest.low()));
        }
        return sum;
    }

    @Test
    void countsAndHashesEachLine() {
        write("1\tone\n2\ttwo\n\n");
        assertThat(scanner.rows()).isEqualTo(new Rows(3, 13, fingerprint("1\tone", "2\ttwo", "")));
        assertThat(scanner.atRowStart()).isTrue();
    }

    @Test
    void doesNotCareAboutTheOrderOfRows() {
        write("b\na\n");
        assertThat(scanner.rows().fingerprint()).isEqualTo(fingerprint("a", "b"));
    }

    @Test
    void tellsARowTwiceFromARowOnce() {
        write("a\na\n");
        assertThat(scanner.rows().fingerprint()).isNotEqualTo(fingerprint("a")).isNotEqualTo(Fingerprint.ZERO);
    }

    @Test
    void stopsAfterTheTerminator() {
        assertThat(write("a\n\\.\nb\n")).isEqualTo(5);
        assertThat(scanner.terminated()).isTrue();
        assertThat(scanner.rows()).isEqualTo(new Rows(1, 2, fingerprint("a")));
        assertThat(write("b\n")).isZero();
        scanner.reset();
        write("b\n");
        assertThat(scanner.rows()).isEqualTo(new Rows(1, 2, fingerprint("b")));
    }

    @Test
    void takesOnlyAWholeLineForTheTerminator() {
        write("\\.x\n.\\.\n\\\\.\n\\N\\.\n \\.\n\\. \n");
        assertThat(scanner.terminated()).isFalse();
        assertThat(scanner.rows().count()).isEqualTo(6);
    }

    @Test
    void takesTheTerminatorWithACarriageReturnAsPsqlDoes() {
        write("a\n\\.\r\n");
        assertThat(scanner.terminated()).isTrue();
    }

    @Test
    void findsTheSameRowsHoweverTheyAreCut() {
        String rows = "1\tone\n\n\\\\.\n" + "x".repeat(1000) + "\n\\.\n";
        write(rows);
        Rows whole = scanner.rows();
        for (int piece = 1; piece < 30; piece++) {
            scanner.reset();
            for (int i = 0; i < rows.length(); i += piece) {
                write(rows.substring(i, Math.min(rows.length(), i + piece)));
            }
            assertThat(scanner.rows()).isEqualTo(whole);
            assertThat(scanner.terminated()).isTrue();
        }
    }

    @Test
    void hashesARowOfAGibibyteAsItPasses() {
        byte[] piece = new byte[1 << 20];
        java.util.Arrays.fill(piece, (byte) 'x');
        for (int i = 0; i < 1 << 10; i++) {
            scanner.write(piece, 0, piece.length);
        }
        assertThat(scanner.atRowStart()).isFalse();
        assertThat(scanner.cutRowLength()).isEqualTo(1L << 30);
        write("\n");
        assertThat(scanner.rows().count()).isEqualTo(1);
        assertThat(scanner.rows().bytes()).isEqualTo((1L << 30) + 1);
    }

    @Test
    void saysWhereANulStands() {
        write("ab\nc");
        write("d\0e\0\n");
        assertThat(scanner.firstNul()).hasValue(5);
        assertThat(scanner.rows().count()).isEqualTo(2);
    }

    @Test
    void countsWithoutHashing() {
        RowScanner counting = new RowScanner(false);
        byte[] rows = "a\nb\n".getBytes(ISO_8859_1);
        counting.write(rows, 0, 3);
        counting.write(rows, 3, 1);
        assertThat(counting.rows()).isEqualTo(new Rows(2, 4, Fingerprint.ZERO));
    }
}

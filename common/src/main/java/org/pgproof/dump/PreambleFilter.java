package org.pgproof.dump;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Withholds lines of a dump's preamble that an older server does not know; everything from the first entry on passes
 * unchanged. {@code pg_dump} 17 and later write {@code SET transaction_timeout = 0;}, which servers before 17 refuse.
 */
public final class PreambleFilter extends FilterOutputStream {
    private static final int LONGEST_PREAMBLE = 64 * 1024;
    private static final Set<String> SINCE_17 = Set.of("SET transaction_timeout = 0;");

    private final Set<String> withheld;
    private final List<String> dropped = new ArrayList<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean inPreamble = true;
    private int passed;

    /**
     * @param out receives the rest; closed with this
     * @param serverMajor major version of the server the dump is restored into
     */
    public PreambleFilter(OutputStream out, int serverMajor) {
        super(out);
        this.withheld = serverMajor < 17 ? SINCE_17 : Set.of();
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int position = offset;
        int end = offset + length;
        while (inPreamble && position < end) {
            byte next = bytes[position++];
            line.write(next);
            if (next == '\n') {
                endLine();
            }
        }
        out.write(bytes, position, end - position);
    }

    private void endLine() throws IOException {
        String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        passed += line.size();
        if (text.startsWith("-- Name: ") || text.startsWith("-- Data for Name: ") || passed > LONGEST_PREAMBLE) {
            inPreamble = false;
        }
        if (inPreamble && withheld.contains(text)) {
            dropped.add(text);
            line.reset();
        } else {
            passLine();
        }
    }

    private void passLine() throws IOException {
        line.writeTo(out);
        line.reset();
    }

    /** Returns the lines withheld so far. */
    public List<String> dropped() {
        return List.copyOf(dropped);
    }

    @Override
    public void flush() throws IOException {
        passLine();
        out.flush();
    }
}

package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreambleFilterTest {
    private static final String TIMEOUT = "SET transaction_timeout = 0;";
    private static final String HEAD = "--\n-- PostgreSQL database dump\n--\n\nSET lock_timeout = 0;\n";
    private static final String BODY =
            "SET xmloption = content;\n\n--\n-- Name: t; Type: TABLE; Schema: s; Owner: -\n--\n\n"
                    + "COPY s.t (a) FROM stdin;\n" + TIMEOUT + "\n\\.\n";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private PreambleFilter filter(int serverMajor, String dump, int chunk) throws IOException {
        PreambleFilter filter = new PreambleFilter(out, serverMajor);
        byte[] bytes = dump.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += chunk) {
            filter.write(bytes, from, Math.min(chunk, bytes.length - from));
        }
        filter.flush();
        return filter;
    }

    private String passed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 4096})
    void withholdsWhatAnOlderServerDoesNotKnow(int chunk) throws IOException {
        PreambleFilter filter = filter(16, HEAD + TIMEOUT + "\n" + BODY, chunk);

        assertThat(passed()).isEqualTo(HEAD + BODY);
        assertThat(filter.dropped()).containsExactly(TIMEOUT);
    }

    @Test
    void withholdsNothingFromAServerThatKnowsIt() throws IOException {
        PreambleFilter filter = filter(17, HEAD + TIMEOUT + "\n" + BODY, 4096);

        assertThat(passed()).isEqualTo(HEAD + TIMEOUT + "\n" + BODY);
        assertThat(filter.dropped()).isEmpty();
    }

    /** A row may say anything, and an entry's statements may too. */
    @ParameterizedTest
    @ValueSource(strings = {"-- Name: t; Type: TABLE; Schema: s; Owner: -\n", "-- Data for Name: t; Type: X\n"})
    void leavesAloneWhatComesAfterTheFirstEntry(String heading) throws IOException {
        PreambleFilter filter = filter(15, HEAD + heading + TIMEOUT + "\n", 5);

        assertThat(passed()).isEqualTo(HEAD + heading + TIMEOUT + "\n");
        assertThat(filter.dropped()).isEmpty();
    }

    @Test
    void passesALastLineWithoutItsEnd() throws IOException {
        filter(15, HEAD + "SET a", 3);

        assertThat(passed()).isEqualTo(HEAD + "SET a");
    }
}

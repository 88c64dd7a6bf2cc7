package org.pgproof.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class StderrTailTest {
    @Test
    void hidesASecretAlsoWhereALongLineIsCut() {
        String line = "x".repeat(1990) + " password=correct horse battery staple " + "x".repeat(5000);
        assertThat(lines(line + "\nnext\n"))
                .hasSize(2)
                .noneMatch(kept -> kept.contains("correct"))
                .allMatch(kept -> kept.length() <= 2000);
    }

    @Test
    void keepsTheFirstAndTheLastLines() {
        StringBuilder printed = new StringBuilder();
        for (int line = 0; line < 100_000; line++) {
            printed.append(line).append('\n');
        }
        assertThat(lines(printed.toString())).hasSize(250).startsWith("0", "1").endsWith("99998", "99999");
    }

    private static List<String> lines(String printed) {
        StderrTail tail = new StderrTail(
                new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)),
                new SecretMask(List.of("correct horse battery staple")));
        tail.run();
        return tail.lines();
    }
}

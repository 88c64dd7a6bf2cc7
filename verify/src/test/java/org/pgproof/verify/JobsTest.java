package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobsTest {
    @ParameterizedTest
    @CsvSource({"0, 1", "3, 1", "5, 1", "8, 2", "47, 21", "97, 46"})
    void takesNoMoreSessionsThanThereAreConnections(long connections, int sessions) {
        assertThat(Jobs.possible(connections)).isEqualTo(sessions);
    }
}

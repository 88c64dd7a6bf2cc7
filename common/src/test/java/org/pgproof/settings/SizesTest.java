package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizesTest {
    @ParameterizedTest
    @CsvSource({"7, 7", "1k, 1024", "2M, 2097152", "3GB, 3221225472", "1TiB, 1099511627776"})
    void readsSizesWithUnits(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(OptionalLong.of(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "-1", "1.5G", "1P", "999999999999999T"})
    void refusesWhatIsNone(String text) {
        assertThat(Sizes.parse(text)).isEmpty();
    }
}

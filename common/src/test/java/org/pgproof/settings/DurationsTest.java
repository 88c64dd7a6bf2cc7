package org.pgproof.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "60,60",
        "3600,3600",
        "90s,90",
        "15m,900",
        "6h,21600",
        "7d,604800",
        "007m,420",
        "36500d,3153600000"
    })
    void readsSecondsOrANumberWithAUnit(String text, long seconds) {
        assertThat(Durations.parse(text)).contains(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "+1",
                "1.5h",
                "1,5h",
                "10 m",
                " 10m",
                "10m ",
                "1h30m",
                "1H",
                "m",
                "1w",
                "1ms",
                "0x10",
                "1e3",
                "١٢",
                "60\n",
                "36501d",
                "999999999999999999d",
                "9223372036854775808",
                "99999999999999999999999"
            })
    void readsNothingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void doesNotOverflow() {
        assertThat(Durations.parse("307445734561825861m")).isEmpty();
    }
}

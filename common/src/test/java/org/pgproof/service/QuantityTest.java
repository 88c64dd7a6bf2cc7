package org.pgproof.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuantityTest {
    @Test
    void showsSizesInDecimalUnits() {
        assertThat(Quantity.bytes(0)).isEqualTo("0 bytes");
        assertThat(Quantity.bytes(999)).isEqualTo("999 bytes");
        assertThat(Quantity.bytes(1000)).isEqualTo("1.0 kB");
        assertThat(Quantity.bytes(999_949)).isEqualTo("999.9 kB");
        assertThat(Quantity.bytes(999_950)).isEqualTo("1.0 MB");
        assertThat(Quantity.bytes(258_286_268)).isEqualTo("258.3 MB");
        assertThat(Quantity.bytes(Long.MAX_VALUE)).isEqualTo("9223.4 PB");
    }

    @Test
    void setsThousandsApart() {
        assertThat(Quantity.count(999)).isEqualTo("999");
        assertThat(Quantity.count(2_000_000)).isEqualTo("2,000,000");
    }

    @Test
    void showsDurationsInTheUnitsTheyNeed() {
        assertThat(Quantity.duration(Duration.ZERO)).isEqualTo("0.0 s");
        assertThat(Quantity.duration(Duration.ofMillis(8_449))).isEqualTo("8.4 s");
        assertThat(Quantity.duration(Duration.ofMillis(59_999))).isEqualTo("60.0 s");
        assertThat(Quantity.duration(Duration.ofSeconds(723))).isEqualTo("12 min 3 s");
        assertThat(Quantity.duration(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Quantity.duration(Duration.ofHours(47))).isEqualTo("47 h 0 min");
        assertThat(Quantity.duration(Duration.ofHours(42 * 24 + 3))).isEqualTo("42 days 3 h");
    }

    @Test
    void showsARateEvenWhenNoTimePassed() {
        assertThat(Quantity.rate(103_000_000, Duration.ofSeconds(1))).isEqualTo("1.0 s, 103.0 MB/s");
        assertThat(Quantity.rate(5, Duration.ZERO)).isEqualTo("0.0 s, 5.0 kB/s");
    }
}

package org.pgproof.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final Fingerprint SOME = new Fingerprint(0x0123456789abcdefL, -2L);

    @Test
    void isWrittenAsThirtyTwoDigits() {
        assertThat(SOME).hasToString("xxh3-128-sum:0123456789abcdeffffffffffffffffe");
        assertThat(Fingerprint.ZERO).hasToString("xxh3-128-sum:" + "0".repeat(32));
    }

    @Test
    void isReadBack() {
        assertThat(Fingerprint.parse(SOME.toString())).isEqualTo(SOME);
    }

    @Test
    void refusesWhatIsNotAFingerprint() {
        assertThatThrownBy(() -> Fingerprint.parse("xxh3-128-sum:12"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("xxh3-128-sum:12");
        assertThatThrownBy(() -> Fingerprint.parse("xxh3-128-sum:" + "g".repeat(32)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fingerprint.parse("xxh3-128:" + "0".repeat(32)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsItsHalvesWithoutCarryBetweenThem() {
        assertThat(SOME.plus(new Fingerprint(1, 3))).isEqualTo(new Fingerprint(0x0123456789abcdf0L, 1));
    }

    @Test
    void digestsFollowEachOtherInOrder() {
        Digest first = Digest.of(new byte[] {1});
        Digest second = Digest.of(new byte[] {2});
        assertThat(first.then(second)).isNotEqualTo(second.then(first));
        assertThat(Digest.parse(first.toString())).isEqualTo(first);
    }

    /** The value that the reference implementation gives for no bytes with seed 0. */
    @Test
    void digestIsXxh3OfSeedZero() {
        assertThat(Digest.of(new byte[0])).hasToString("xxh3-128:99aa06d3014798d86001c324468d497f");
    }
}

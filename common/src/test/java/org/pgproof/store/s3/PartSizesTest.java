package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartSizesTest {
    private static final long MEBIBYTE = 1024 * 1024;
    private static final long GIBIBYTE = 1024 * MEBIBYTE;

    @Test
    void withoutAnEstimateAbout450GibibytesFit() {
        assertThat(PartSizes.of(0, 10_000).capacity() / GIBIBYTE).isBetween(450L, 470L);
    }

    @Test
    void fewerPartsHoldCorrespondinglyLess() {
        assertThat(PartSizes.of(0, 1_000).capacity() / GIBIBYTE).isBetween(45L, 47L);
    }

    @Test
    void withoutAnEstimatePartsAreSmallUpTo11Gibibytes() {
        PartSizes sizes = PartSizes.of(0, 10_000);
        assertThat(sizes.size(1)).isEqualTo(8 * MEBIBYTE);
        assertThat(sizes.size(1_500)).isEqualTo(8 * MEBIBYTE);
        assertThat(sizes.size(1_501)).isEqualTo(16 * MEBIBYTE);
        assertThat(sizes.size(2_500)).isEqualTo(16 * MEBIBYTE);
        assertThat(sizes.size(2_501)).isEqualTo(32 * MEBIBYTE);
        assertThat(sizes.size(3_501)).isEqualTo(64 * MEBIBYTE);
        assertThat(sizes.size(10_000)).isEqualTo(64 * MEBIBYTE);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10000, 8", // smaller than one part
        "39, 10000, 8",
        "78, 10000, 16",
        "200, 10000, 41",
        "312, 10000, 64",
        "600, 10000, 64",
        "100000, 10000, 64",
        "3, 1000, 8",
        "10, 1000, 21",
        "40, 1000, 64"
    })
    void theFirstSizeFollowsTheEstimate(long gibibytes, int maxParts, int mebibytes) {
        assertThat(PartSizes.of(gibibytes * GIBIBYTE, maxParts).size(1)).isEqualTo((int) (mebibytes * MEBIBYTE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 99, 100, 1_000, 9_999, 10_000})
    void allPartsHaveOneSizeForAsLongAsTheEstimateHolds(int maxParts) {
        for (long expected = 1; expected <= 64 * MEBIBYTE * maxParts; expected = expected * 3 + 1) {
            PartSizes sizes = PartSizes.of(expected, maxParts);
            long left = expected;
            for (int part = 1; left > 0; part++) {
                assertThat(part).isLessThanOrEqualTo(maxParts);
                assertThat(sizes.size(part)).isEqualTo(sizes.size(1));
                left -= sizes.size(part);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 99, 100, 1_000, 9_999, 10_000})
    void capacityIsTheSumOfAllPartsWhichNeverShrinkNorExceed64Mebibytes(int maxParts) {
        for (long expected = 0; expected <= 128 * MEBIBYTE * maxParts; expected = expected * 5 + 12_345_678) {
            PartSizes sizes = PartSizes.of(expected, maxParts);
            long sum = 0;
            int last = PartSizes.SMALLEST;
            for (int part = 1; part <= maxParts; part++) {
                assertThat(sizes.size(part)).isBetween(last, PartSizes.LARGEST);
                last = sizes.size(part);
                sum += last;
            }
            assertThat(sizes.capacity()).isEqualTo(sum);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void anEstimateMayBeTooLowByHalf(int maxParts) {
        for (long expected = MEBIBYTE; expected <= 40 * MEBIBYTE * maxParts; expected *= 2) {
            assertThat(PartSizes.of(expected, maxParts).capacity()).isGreaterThan(expected + expected / 2);
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> PartSizes.of(-1, 10)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PartSizes.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void survivesTheLargestEstimate() {
        PartSizes sizes = PartSizes.of(Long.MAX_VALUE, 10_000);
        assertThat(sizes.capacity()).isEqualTo(10_000 * 64 * MEBIBYTE);
    }
}

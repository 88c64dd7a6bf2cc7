package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PartBuffersTest {
    private static final int MEBIBYTE = PartSizes.MEBIBYTE;

    @Test
    void smallPartsShareFortyMebibytesAndOneLargePartAlwaysFits() {
        assertThat(PartBuffers.budget(8 * MEBIBYTE)).isEqualTo(40 * MEBIBYTE);
        assertThat(PartBuffers.budget(16 * MEBIBYTE)).isEqualTo(48 * MEBIBYTE);
        assertThat(PartBuffers.budget(64 * MEBIBYTE)).isEqualTo(72 * MEBIBYTE);
        for (int size = PartSizes.SMALLEST; size <= PartSizes.LARGEST; size += MEBIBYTE) {
            assertThat(PartBuffers.budget(size)).isBetween(size, 72 * MEBIBYTE);
        }
    }

    @Test
    void lendsAgainWhatWasGivenBack() throws Exception {
        PartBuffers buffers = new PartBuffers();
        List<byte[]> lent = takeAll(buffers);
        CompletableFuture<byte[]> waiting = CompletableFuture.supplyAsync(() -> takeUnchecked(buffers));
        assertThat(waiting).isNotDone();
        byte[] first = lent.remove(0);
        buffers.giveBack(List.of(first));
        assertThat(waiting.get(10, TimeUnit.SECONDS)).isSameAs(first);
    }

    @Test
    void doesNotWaitOnAnInterruptedThread() throws Exception {
        PartBuffers buffers = new PartBuffers();
        takeAll(buffers);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> buffers.take(8 * MEBIBYTE)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private static List<byte[]> takeAll(PartBuffers buffers) throws InterruptedIOException {
        List<byte[]> lent = new ArrayList<>();
        while (lent.size() < 40 * MEBIBYTE / PartBuffers.CHUNK) {
            lent.add(buffers.take(8 * MEBIBYTE));
        }
        return lent;
    }

    private static byte[] takeUnchecked(PartBuffers buffers) {
        try {
            return buffers.take(8 * MEBIBYTE);
        } catch (InterruptedIOException e) {
            throw new AssertionError(e);
        }
    }
}

package org.pgproof.store.s3;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.StorageException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** Sends the parts of one upload, several at once; the first that fails for good stops the others. */
final class PartSender {
    private static final int AT_ONCE = 4;

    private final S3Bucket bucket;
    private final String objectKey;
    private final String uploadId;
    private final PartBuffers buffers;
    private final ThreadPoolExecutor workers;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final NavigableMap<Integer, CompletedPart> stored = new TreeMap<>();
    private @Nullable IOException failure;
    private int underWay;

    PartSender(S3Bucket bucket, String objectKey, String uploadId, PartBuffers buffers) {
        this.bucket = bucket;
        this.objectKey = objectKey;
        this.uploadId = uploadId;
        this.buffers = buffers;
        this.workers = new ThreadPoolExecutor(
                AT_ONCE, AT_ONCE, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), PartSender::worker);
        workers.allowCoreThreadTimeOut(true);
    }

    private static Thread worker(Runnable task) {
        Thread thread = new Thread(task, "store-upload");
        thread.setDaemon(true);
        return thread;
    }

    /** Takes a part over, with its chunks, and returns at once. */
    void send(UploadPart part) throws IOException {
        lock.lock();
        try {
            throwFailure();
            underWay++;
        } finally {
            lock.unlock();
        }
        workers.execute(() -> sendNow(part));
    }

    /** Fails if any part has failed so far. */
    void check() throws IOException {
        lock.lock();
        try {
            throwFailure();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until every part is stored, and lists them in order. */
    List<CompletedPart> awaitAll() throws IOException {
        lock.lock();
        try {
            while (underWay > 0 && failure == null) {
                changed.await();
            }
            throwFailure();
            return new ArrayList<>(stored.values());
        } catch (InterruptedException e) {
            throw Interruption.during("waiting for parts to be sent");
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off what is being sent, and drops what waits. */
    void stop() {
        lock.lock();
        try {
            if (failure == null) {
                failure = new IOException("The upload of " + objectKey + " was stopped");
            }
        } finally {
            lock.unlock();
        }
        workers.shutdownNow();
    }

    /** Whether, within that time after {@link #stop()}, nothing is being sent any more. */
    boolean awaitStopped(Duration limit) throws InterruptedException {
        return workers.awaitTermination(limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void sendNow(UploadPart part) {
        @Nullable CompletedPart done = null;
        @Nullable IOException broken = null;
        try {
            check();
            done = store(part);
        } catch (IOException e) {
            broken = e;
        } catch (RuntimeException | Error e) {
            broken = new IOException("Could not send part " + part.number() + ": " + e, e);
        } finally {
            buffers.giveBack(part.chunks());
            ended(part, done, broken);
        }
    }

    private void ended(UploadPart part, @Nullable CompletedPart done, @Nullable IOException broken) {
        lock.lock();
        try {
            underWay--;
            if (done != null) {
                stored.put(part.number(), done);
            } else if (failure == null) {
                failure = broken;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private CompletedPart store(UploadPart part) throws IOException {
        UploadPartRequest request = UploadPartRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .uploadId(uploadId)
                .partNumber(part.number())
                .contentMD5(part.contentMd5())
                .overrideConfiguration(override -> override.apiCallAttemptTimeout(
                                bucket.limits().partAttempt())
                        .apiCallTimeout(bucket.limits().part()))
                .build();
        RequestBody body = RequestBody.fromContentProvider(part::content, part.size(), "application/octet-stream");
        String what = "store part " + part.number() + " of " + objectKey;
        @Nullable
        String etag = bucket.call(
                what, () -> bucket.client().uploadPart(request, body).eTag());
        if (etag == null) {
            throw bucket.failures().notS3(what, "ETag");
        }
        return CompletedPart.builder().partNumber(part.number()).eTag(etag).build();
    }

    private void throwFailure() throws IOException {
        if (failure instanceof StorageException known) {
            throw new StorageException(known.reason(), String.valueOf(known.getMessage()), known);
        }
        if (failure != null) {
            throw new IOException(failure.getMessage(), failure);
        }
    }
}

package org.pgproof.store.s3;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object's bytes, or a range of them. Where a connection breaks it asks for the rest of the same object, and
 * it ends only when every byte was read.
 */
final class S3Body extends InputStream {
    private static final Logger log = LoggerFactory.getLogger(S3Body.class);

    private static final long TO_THE_END = -1;
    private static final int TRIES_WITHOUT_PROGRESS = 4;

    private final S3Bucket bucket;
    private final String objectKey;
    private final String what;
    private final Backoff backoff;
    private final Pace pace;
    private long position;
    private long end;
    private @Nullable GetObjectResponse first;
    private @Nullable ResponseInputStream<GetObjectResponse> response;
    private int failures;
    private long lastBreak;
    private boolean closed;

    private S3Body(S3Bucket bucket, String objectKey, long from, long to) {
        this.bucket = bucket;
        this.objectKey = objectKey;
        this.what = "read " + objectKey.substring(bucket.folder().length());
        this.backoff = new Backoff(bucket.limits().firstPause(), Backoff.LONGEST);
        this.pace = new Pace(bucket.limits().silence().multipliedBy(2));
        this.position = from;
        this.lastBreak = from;
        this.end = to;
    }

    static S3Body whole(S3Bucket bucket, String objectKey) throws IOException {
        S3Body body = new S3Body(bucket, objectKey, 0, TO_THE_END);
        body.connect();
        return body;
    }

    static S3Body range(S3Bucket bucket, String objectKey, long from, long to) throws IOException {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("No range of bytes: from " + from + " to " + to);
        }
        S3Body body = new S3Body(bucket, objectKey, from, to);
        if (from < to) {
            body.connect();
        }
        return body;
    }

    /** How many bytes are still to come. */
    long remaining() {
        return end - position;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (closed) {
            throw new IOException("The stream is closed");
        }
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            Interruption.check("trying to " + what);
            try {
                return readOnce(bytes, offset, (int) Math.min(length, end - position));
            } catch (StorageException settled) {
                throw settled;
            } catch (IOException broken) {
                resumeAfter(broken);
            }
        }
        finish();
        return -1;
    }

    private int readOnce(byte[] bytes, int offset, int length) throws IOException {
        if (response == null) {
            connect();
        }
        pace.check();
        long started = System.nanoTime();
        int count = Objects.requireNonNull(response).read(bytes, offset, length);
        if (count < 0) {
            throw new EOFException("the answer ended " + (end - position) + " bytes too early");
        }
        position += count;
        pace.came(count, System.nanoTime() - started);
        return count;
    }

    private void resumeAfter(IOException broken) throws IOException {
        drop();
        Interruption.check("trying to " + what);
        failures = position - lastBreak >= Pace.PROGRESS ? 1 : failures + 1;
        lastBreak = position;
        pace.reset();
        if (failures == TRIES_WITHOUT_PROGRESS) {
            throw bucket.failures().explain(what + " from byte " + position + " of " + end, broken);
        }
        if (failures > 1) {
            log.warn("Trying again to {} from byte {} of {}: {}", what, position, end, broken.getMessage());
        }
        backoff.pause(failures);
    }

    private void connect() throws IOException {
        ResponseInputStream<GetObjectResponse> opened;
        try {
            opened = bucket.call(what, () -> bucket.client().getObject(request()));
        } catch (StorageException e) {
            throw first != null && e.reason() == Reason.NOT_FOUND ? vanished(e) : e;
        }
        try {
            expect(opened.response());
        } catch (StorageException unexpected) {
            opened.abort();
            throw unexpected;
        }
        response = opened;
    }

    private GetObjectRequest request() {
        GetObjectRequest.Builder request = GetObjectRequest.builder()
                .bucket(bucket.name())
                .key(objectKey)
                .ifMatch(first == null ? null : first.eTag())
                .overrideConfiguration(limits ->
                        limits.apiCallTimeout(bucket.limits().silence().multipliedBy(2)));
        boolean wholeObject = position == 0 && end == TO_THE_END;
        return wholeObject
                ? request.build()
                : request.range("bytes=" + position + "-" + (end - 1)).build();
    }

    /** Accepts only an answer that holds exactly the bytes asked for, of the object begun with. */
    private void expect(GetObjectResponse answer) throws StorageException {
        Long length = answer.contentLength();
        if (length == null || !S3Failures.isS3(answer, answer.eTag())) {
            throw bucket.failures().notS3(what, "Content-Length or ETag");
        }
        if (first != null && !isSame(first, answer)) {
            throw bucket.failures().because(Reason.CHANGED, what, "the object has changed meanwhile", null);
        }
        if (end == TO_THE_END) {
            end = length;
        }
        boolean fromHere = position == 0 || startsAt(position, answer.contentRange());
        if (!fromHere || length != end - position) {
            throw bucket.failures()
                    .because(
                            Reason.OTHER,
                            what,
                            "asked for the bytes " + position + " to " + end + ", the store answered with "
                                    + (answer.contentRange() == null ? "the whole object" : answer.contentRange())
                                    + " of " + length + " bytes",
                            null);
        }
        first = answer;
    }

    /** Where the store says no ETag, the time of the last change has to do. */
    private static boolean isSame(GetObjectResponse one, GetObjectResponse other) {
        return Objects.equals(one.eTag(), other.eTag())
                && (one.eTag() != null || Objects.equals(one.lastModified(), other.lastModified()));
    }

    private static boolean startsAt(long position, @Nullable String contentRange) {
        return contentRange != null && contentRange.startsWith("bytes " + position + "-");
    }

    private StorageException vanished(StorageException cause) {
        return bucket.failures().because(Reason.CHANGED, what, "the object was deleted meanwhile", cause);
    }

    /** Lets a connection whose body was read to its last byte be used again. */
    private void finish() throws IOException {
        if (response != null) {
            response.close();
            response = null;
        }
    }

    private void drop() {
        if (response != null) {
            response.abort();
            response = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        drop();
    }
}

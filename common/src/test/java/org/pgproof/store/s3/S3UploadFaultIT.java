package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.MEBIBYTE;
import static org.pgproof.store.s3.Stores.noise;
import static org.pgproof.store.s3.Stores.reason;
import static org.pgproof.testkit.FaultProxy.request;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.store.Upload;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.S3Server;

/** What becomes of an upload when the network or the service fails in the middle of it. */
@Timeout(60)
class S3UploadFaultIT {
    private static final S3Server SERVER = S3Server.shared();
    private static final String DUMP_OBJECT = "backups/backup_20260211_093022.sql.gz";
    private static final String MANIFEST_OBJECT = "backups/backup_20260211_093022.manifest.json";
    private static final Predicate<String> ANY_PART = request("PUT", "partNumber=");
    private static final Predicate<String> SECOND_PART = request("PUT", "partNumber=2&");
    private static final Predicate<String> COMPLETION = request("POST", "uploadId=");
    private static final Predicate<String> ABORT = request("DELETE", "uploadId=");
    private static final byte[] DUMP_BYTES = noise(20 * MEBIBYTE);

    private final String bucket = SERVER.freshBucket();
    private final FaultProxy proxy = FaultProxy.to(SERVER.endpoint());
    private final S3BackupStore store =
            new S3BackupStore(Stores.settings(SERVER, proxy.endpoint(), bucket, "backups"), 10_000, Stores.QUICK);

    @AfterEach
    void close() {
        Thread.interrupted();
        store.close();
        proxy.close();
    }

    static Stream<Fault> passingFaults() {
        return Stream.of(
                new Fault.SilentInRequest(MEBIBYTE),
                new Fault.ResetInRequest(MEBIBYTE),
                new Fault.SilentInsteadOfAnswer(),
                new Fault.ResetInsteadOfAnswer(),
                new Fault.AnswerLost(500, "InternalError"),
                new Fault.Refused(503, "SlowDown"));
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void sendsAPartAgainThatFailedTwice(Fault fault) throws IOException {
        proxy.fail(SECOND_PART, 2, fault);
        publish();
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(DUMP_BYTES);
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void failsWithinBoundedTimeWhenAPartNeverArrivesAndLeavesNothing(Fault fault) {
        proxy.fail(ANY_PART, fault);
        assertThatThrownBy(this::publish).satisfies(reason(Reason.UNREACHABLE)).hasNoSuppressedExceptions();
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(SERVER.keys(bucket)).isEmpty();
    }

    @Test
    void tellsTheFirstFailureAtALaterWrite() throws IOException {
        proxy.fail(ANY_PART, new Fault.Refused(403, "AccessDenied"));
        try (Upload upload = store.begin(KEY, 0)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            upload.body().write(noise(MEBIBYTE));
                        }
                    })
                    .satisfies(reason(Reason.DENIED));
            assertThat(upload.size()).isLessThan(60 * MEBIBYTE);
        }
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    static Stream<Fault> lostAnswers() {
        return Stream.of(
                new Fault.SilentInsteadOfAnswer(),
                new Fault.ResetInsteadOfAnswer(),
                new Fault.AnswerLost(500, "InternalError"),
                new Fault.AnswerLost(404, "NoSuchUpload"),
                new Fault.CloseInAnswer(10));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void settlesACompletionWhoseAnswerIsLost(Fault fault) throws IOException {
        proxy.fail(COMPLETION, fault);
        publish();
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(DUMP_BYTES);
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void completesAfterTheServiceWasUnavailableForAWhile() throws IOException {
        proxy.fail(COMPLETION, 10, new Fault.Refused(503, "ServiceUnavailable"));
        publish();
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(DUMP_BYTES);
    }

    @Test
    void publishesNothingWhenTheCompletionIsRefused() {
        proxy.fail(COMPLETION, new Fault.Refused(400, "InvalidPart"));
        assertThatThrownBy(this::publish).satisfies(reason(Reason.OTHER)).hasMessageContaining("InvalidPart");
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(SERVER.keys(bucket)).isEmpty();
    }

    @Test
    void leavesAnObjectAloneThatAnotherWriterPutsUnderItsKey() {
        proxy.fail(COMPLETION, new Fault.Refused(500, "InternalError"));
        proxy.fail(request("HEAD", ".sql.gz"), 3, new Fault.First(() -> {}));
        proxy.fail(request("HEAD", ".sql.gz"), 1, new Fault.First(() -> SERVER.write(bucket, DUMP_OBJECT, noise(7))));
        assertThatThrownBy(this::publish).satisfies(reason(Reason.CHANGED)).hasMessageContaining("another writer");
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(noise(7));
        assertThat(SERVER.keys(bucket)).containsExactly(DUMP_OBJECT);
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void leavesTheManifestOfAnotherWriterAlone() {
        byte[] theirs = noise(50);
        proxy.fail(
                request("GET", "/backups/"), 1, new Fault.First(() -> SERVER.write(bucket, MANIFEST_OBJECT, theirs)));
        assertThatThrownBy(this::publish).satisfies(reason(Reason.CHANGED)).hasMessageContaining("another writer");
        assertThat(SERVER.read(bucket, MANIFEST_OBJECT)).isEqualTo(theirs);
        assertThat(SERVER.keys(bucket)).containsExactly(MANIFEST_OBJECT);
    }

    @Test
    void putsItsManifestBackBesideItsDump() throws IOException {
        proxy.fail(COMPLETION, 1, new Fault.First(() -> SERVER.write(bucket, MANIFEST_OBJECT, noise(50))));
        publish();
        assertThat(SERVER.read(bucket, MANIFEST_OBJECT)).isEqualTo(Stores.MANIFEST_BYTES);
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(DUMP_BYTES);
    }

    @Test
    void asksForAnObjectThatIsConfirmedUntilItIsShown() throws IOException {
        hideTheDump(5);
        publish();
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(DUMP_BYTES);
        assertThat(SERVER.read(bucket, MANIFEST_OBJECT)).isEqualTo(Stores.MANIFEST_BYTES);
    }

    @Test
    void neverUndoesWhatIsConfirmedAndNotShown() throws IOException {
        hideTheDump(Integer.MAX_VALUE);
        Upload upload = store.begin(KEY, 0);
        upload.body().write(DUMP_BYTES);
        assertThatThrownBy(() -> upload.publish(Stores.manifest())).hasMessageContaining("does not show the object");
        upload.close();
        assertThat(upload.outcome()).isEqualTo(Upload.Outcome.UNKNOWN);
        proxy.heal();
        assertThat(SERVER.read(bucket, DUMP_OBJECT)).isEqualTo(DUMP_BYTES);
        assertThat(SERVER.read(bucket, MANIFEST_OBJECT)).isEqualTo(Stores.MANIFEST_BYTES);
    }

    /** From the completion on, that many questions for the dump are answered as if it were not there. */
    private void hideTheDump(int questions) {
        proxy.fail(COMPLETION, 1, new Fault.First(() -> {
            proxy.fail(request("HEAD", ".sql.gz"), questions, new Fault.Refused(404, "NoSuchKey"));
            proxy.fail(request("GET", "list-type=2", ".sql.gz"), questions, Fault.Answered.emptyListing());
        }));
    }

    @Test
    void leavesTheManifestWhenNobodySaysWhatBecameOfTheCompletion() throws IOException {
        proxy.fail(
                COMPLETION,
                1,
                new Fault.First(() -> proxy.fail(
                        line -> !line.startsWith("POST") && !line.startsWith("PUT"),
                        new Fault.Refused(503, "ServiceUnavailable"))));
        proxy.fail(COMPLETION, new Fault.ResetInsteadOfAnswer());
        Upload upload = store.begin(KEY, 0);
        upload.body().write(DUMP_BYTES);
        assertThatThrownBy(() -> upload.publish(Stores.manifest())).satisfies(reason(Reason.UNREACHABLE));
        upload.close();
        assertThat(upload.outcome()).isEqualTo(Upload.Outcome.UNKNOWN);
        assertThat(SERVER.read(bucket, MANIFEST_OBJECT)).isEqualTo(Stores.MANIFEST_BYTES);
    }

    @Test
    void saysThatPartsMayBeLeftWhenTheAbortFails() throws IOException {
        Upload upload = store.begin(KEY, 0);
        upload.body().write(noise(9 * MEBIBYTE));
        proxy.fail(ABORT, new Fault.Refused(403, "AccessDenied"));
        assertThatThrownBy(upload::close).satisfies(reason(Reason.DENIED)).hasMessageContaining("lifecycle rule");
        assertThat(upload.outcome()).isEqualTo(Upload.Outcome.ABORTED);
    }

    @Test
    void closesWithinItsTimeWhenTheStoreIsSilent() throws IOException {
        Upload upload = store.begin(KEY, 0);
        proxy.fail(line -> true, new Fault.SilentInRequest(0));
        upload.body().write(noise(30 * MEBIBYTE));
        long start = System.nanoTime();
        assertThatThrownBy(upload::close).isInstanceOf(StorageException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isLessThan(Stores.QUICK.settle().plusSeconds(1));
    }

    @Test
    void abortsOnAnInterruptedThread() throws IOException {
        Upload upload = store.begin(KEY, 0);
        upload.body().write(noise(30 * MEBIBYTE));
        Thread.currentThread().interrupt();
        upload.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(upload.outcome()).isEqualTo(Upload.Outcome.ABORTED);
    }

    @Test
    void stopsWhatIsBeingSentBeforeItAborts() throws IOException {
        Upload upload = store.begin(KEY, 0);
        proxy.fail(ANY_PART, new Fault.SilentInRequest(1_000));
        upload.body().write(noise(30 * MEBIBYTE));
        upload.close();
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(proxy.requests().get(proxy.requests().size() - 1)).startsWith("DELETE ");
    }

    @Test
    void anInterruptWhileBeginningLeavesNoOpenUpload() {
        Thread caller = Thread.currentThread();
        proxy.fail(request("POST", "?uploads"), new Fault.First(caller::interrupt));
        assertThatThrownBy(this::publish).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void aBeginningWhoseAnswerIsLostLeavesNoOpenUpload() {
        proxy.fail(request("POST", "?uploads"), new Fault.ResetInsteadOfAnswer());
        assertThatThrownBy(() -> store.begin(KEY, 0)).satisfies(reason(Reason.UNREACHABLE));
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void anInterruptWhileCompletingStillPublishes() throws IOException {
        Thread caller = Thread.currentThread();
        proxy.fail(COMPLETION, 1, new Fault.First(caller::interrupt));
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(DUMP_BYTES);
            upload.publish(Stores.manifest());
            assertThat(Thread.interrupted()).isTrue();
            assertThat(upload.outcome()).isEqualTo(Upload.Outcome.PUBLISHED);
        }
        assertThat(SERVER.keys(bucket)).containsExactly(MANIFEST_OBJECT, DUMP_OBJECT);
    }

    @Test
    void aWriterThatWaitsForPartsHeedsAnInterrupt() throws IOException {
        Thread caller = Thread.currentThread();
        try (Upload upload = store.begin(KEY, 0)) {
            proxy.fail(SECOND_PART, 1, new Fault.First(caller::interrupt));
            proxy.fail(ANY_PART, new Fault.SilentInRequest(0));
            assertThatThrownBy(() -> upload.body().write(noise(100 * MEBIBYTE)))
                    .isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.currentThread().isInterrupted()).isTrue();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(SERVER.openUploads(bucket)).isZero();
    }

    @Test
    void aBeginningThatHadToBeRepeatedLeavesOneOpenUpload() throws IOException {
        proxy.fail(request("POST", "?uploads"), 2, new Fault.ResetInsteadOfAnswer());
        try (Upload upload = store.begin(KEY, 0)) {
            assertThat(SERVER.openUploads(bucket)).isEqualTo(1);
            upload.body().write(noise(10));
            upload.publish(Stores.manifest());
        }
        assertThat(SERVER.openUploads(bucket)).isZero();
        assertThat(SERVER.keys(bucket)).containsExactly(MANIFEST_OBJECT, DUMP_OBJECT);
    }

    private void publish() throws IOException {
        try (Upload upload = store.begin(KEY, 0)) {
            upload.body().write(DUMP_BYTES);
            upload.publish(Stores.manifest());
        }
    }
}

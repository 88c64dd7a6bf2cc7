package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.MEBIBYTE;
import static org.pgproof.store.s3.Stores.noise;
import static org.pgproof.store.s3.Stores.reason;
import static org.pgproof.testkit.FaultProxy.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.store.StorageException;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.LocalS3;
import org.pgproof.testkit.S3Server;

/** What the store does when the network or the service fails in the middle of a read or a small request. */
@Timeout(60)
@Order(1)
class S3FaultIT {
    private static final S3Server SERVER = S3Server.shared();
    private static final String DUMP_OBJECT = "backups/backup_20260211_093022.sql.gz";
    private static final Predicate<String> READ = request("GET", ".sql.gz");
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

    static Stream<Fault> brokenBodies() {
        return Stream.of(
                new Fault.SilentInAnswer(3_000_000),
                new Fault.ResetInAnswer(3_000_000),
                new Fault.CloseInAnswer(3_000_000),
                new Fault.CloseInAnswer(0));
    }

    @ParameterizedTest
    @MethodSource("brokenBodies")
    void resumesABodyWhereItBroke(Fault fault) throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, DUMP_BYTES);
        proxy.fail(READ, 3, fault);
        try (InputStream body = store.open(KEY, DUMP)) {
            assertThat(body.readAllBytes()).isEqualTo(DUMP_BYTES);
            assertThat(body.read()).isNegative();
        }
        assertThat(proxy.requests()).filteredOn(READ).hasSize(4);
    }

    @Test
    void givesUpABodyThatOnlyTrickles() throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, DUMP_BYTES);
        proxy.fail(READ, new Fault.TrickleInAnswer(100));
        try (InputStream body = store.open(KEY, DUMP)) {
            assertThatThrownBy(body::readAllBytes)
                    .satisfies(reason(Reason.UNREACHABLE))
                    .hasMessageContaining("fell silent");
        }
        assertThat(proxy.requests()).filteredOn(READ).hasSize(4);
    }

    @Test
    void resumesForAsLongAsItGetsAhead() throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, DUMP_BYTES);
        proxy.fail(READ, new Fault.ResetInAnswer(MEBIBYTE));
        try (InputStream body = store.open(KEY, 1, DUMP_BYTES.length)) {
            assertThat(body.readAllBytes()).hasSize(DUMP_BYTES.length - 1);
        }
    }

    @Test
    void aBodyThatNeverComesIsNoEndOfFile() throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, DUMP_BYTES);
        proxy.fail(READ, 1, new Fault.CloseInAnswer(MEBIBYTE));
        proxy.fail(READ, new Fault.CloseInAnswer(0));
        try (InputStream body = store.open(KEY, DUMP)) {
            assertThatThrownBy(body::readAllBytes)
                    .satisfies(reason(Reason.UNREACHABLE))
                    .hasMessageContaining("of " + DUMP_BYTES.length);
        }
    }

    @Test
    void saysThatTheObjectChangedOrVanishedWhileItWasRead() throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, DUMP_BYTES);
        proxy.fail(READ, 1, new Fault.CloseInAnswer(MEBIBYTE));
        try (InputStream body = store.open(KEY, DUMP)) {
            SERVER.write(bucket, DUMP_OBJECT, noise(20 * MEBIBYTE + 1));
            assertThatThrownBy(body::readAllBytes).satisfies(reason(Reason.CHANGED));
        }
        proxy.fail(READ, 1, new Fault.CloseInAnswer(MEBIBYTE));
        try (InputStream body = store.open(KEY, DUMP)) {
            SERVER.delete(bucket, DUMP_OBJECT);
            assertThatThrownBy(body::readAllBytes).satisfies(reason(Reason.CHANGED));
        }
    }

    @Test
    void readsAFileThatWasPutInTheStoresFolder() throws IOException {
        try (LocalS3 s3 = LocalS3.start();
                FaultProxy toFolder = FaultProxy.to(s3.endpoint());
                S3BackupStore files = storeOn(s3, toFolder)) {
            Path file = s3.folder().resolve(bucket).resolve(DUMP_OBJECT);
            Files.createDirectories(file.getParent());
            Files.write(file, DUMP_BYTES);
            assertThat(files.size(KEY, DUMP)).hasValue(DUMP_BYTES.length);
            toFolder.fail(READ, 1, new Fault.CloseInAnswer(MEBIBYTE));
            try (InputStream body = files.open(KEY, DUMP)) {
                assertThat(body.readAllBytes()).isEqualTo(DUMP_BYTES);
            }
            toFolder.fail(READ, 1, new Fault.CloseInAnswer(MEBIBYTE));
            try (InputStream body = files.open(KEY, DUMP)) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
                assertThatThrownBy(body::readAllBytes).satisfies(reason(Reason.CHANGED));
            }
        }
    }

    private S3BackupStore storeOn(LocalS3 s3, FaultProxy via) {
        s3.createBucket(bucket);
        return new S3BackupStore(Stores.settings(s3, via.endpoint(), bucket, "backups"), 10_000, Stores.QUICK);
    }

    @Test
    void aReaderOfASilentStoreHeedsAnInterruptAtOnce() throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, DUMP_BYTES);
        store.put(KEY, MANIFEST, noise(1));
        try (S3BackupStore patient =
                        new S3BackupStore(Stores.settings(SERVER, proxy.endpoint(), bucket, "backups"), 10_000);
                InputStream body = openThenSilent(patient)) {
            interruptSoon();
            long start = System.nanoTime();
            assertThatThrownBy(body::readAllBytes).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            proxy.fail(line -> true, new Fault.SilentInsteadOfAnswer());
            interruptSoon();
            assertThatThrownBy(patient::list).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    private InputStream openThenSilent(S3BackupStore patient) throws IOException {
        proxy.fail(READ, new Fault.SilentInAnswer(MEBIBYTE));
        return patient.open(KEY, DUMP);
    }

    private static void interruptSoon() {
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            LockSupport.parkNanos(300_000_000);
            caller.interrupt();
        });
        interrupter.setDaemon(true);
        interrupter.start();
    }

    static Stream<Fault> faultsOfSmallRequests() {
        return Stream.of(
                new Fault.SilentInsteadOfAnswer(),
                new Fault.ResetInsteadOfAnswer(),
                new Fault.SilentInAnswer(20),
                new Fault.Refused(503, "ServiceUnavailable"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfSmallRequests")
    void everyCallFailsWithinBoundedTime(Fault fault) throws IOException {
        store.put(KEY, MANIFEST, noise(1_000));
        proxy.fail(line -> true, fault);
        assertThatThrownBy(store::check).satisfies(reason(Reason.UNREACHABLE));
        assertThatThrownBy(store::list).satisfies(reason(Reason.UNREACHABLE));
        assertThatThrownBy(() -> Stores.read(store, KEY, MANIFEST)).satisfies(reason(Reason.UNREACHABLE));
        if (!(fault instanceof Fault.SilentInAnswer)) {
            assertThatThrownBy(() -> store.put(KEY, MANIFEST, noise(1))).satisfies(reason(Reason.UNREACHABLE));
        }
    }

    @Test
    void aListingCutShortIsNeverTakenForTheWhole() throws IOException {
        store.put(KEY, MANIFEST, noise(1));
        proxy.fail(request("GET", "list-type=2"), 2, new Fault.CloseInAnswer(300));
        assertThat(store.list()).hasSize(1);
        proxy.fail(request("GET", "list-type=2"), new Fault.CloseInAnswer(300));
        assertThatThrownBy(store::list).isInstanceOf(StorageException.class);
    }

    @Test
    void doesNotWaitForAServerThatNeverAcceptsNorForASilentHandshake() throws IOException {
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Socket first = new Socket(deaf.getInetAddress(), deaf.getLocalPort());
                Socket second = new Socket(deaf.getInetAddress(), deaf.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            for (String scheme : new String[] {"http", "https"}) {
                assertFailsSoon(URI.create(scheme + "://127.0.0.1:" + deaf.getLocalPort()));
            }
        }
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            assertFailsSoon(URI.create("https://127.0.0.1:" + silent.getLocalPort()));
        }
    }

    private void assertFailsSoon(URI endpoint) {
        try (S3BackupStore unheard =
                new S3BackupStore(Stores.settings(SERVER, endpoint, bucket, "backups"), 10_000, Stores.QUICK)) {
            long start = System.nanoTime();
            assertThatThrownBy(unheard::check).satisfies(reason(Reason.UNREACHABLE));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }
}

package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.MANIFEST;
import static org.pgproof.store.s3.Stores.KEY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.pgproof.store.BackupKey;
import org.pgproof.store.StorageException;
import org.pgproof.store.Upload;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.S3Server;

/** Several that write into one prefix at once, each knowing nothing of the others. */
class S3ClaimIT {
    private static final S3Server SERVER = S3Server.shared();
    private static final int WRITERS = 3;

    private final String bucket = SERVER.freshBucket();

    @RepeatedTest(10)
    void allThatBeginInTheSameSecondPublishWhatIsTheirs() throws Exception {
        assertThat(together(true)).hasSize(WRITERS);
    }

    @RepeatedTest(5)
    void whatIsPublishedIsWholeAlsoWhereOpenUploadsMayNotBeListed() throws Exception {
        assertThat(together(false)).isNotEmpty();
    }

    /** Returns the keys under which they published, once each of these is known to be whole. */
    private List<BackupKey> together(boolean uploadsListed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS);
        try (FaultProxy proxy = FaultProxy.to(SERVER.endpoint())) {
            if (!uploadsListed) {
                proxy.fail(FaultProxy.request("GET", "uploads"), new Fault.Refused(403, "AccessDenied"));
            }
            CyclicBarrier start = new CyclicBarrier(WRITERS);
            List<Future<List<BackupKey>>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                writers.add(threads.submit(writer(writer, proxy, start)));
            }
            List<BackupKey> published = new ArrayList<>();
            for (Future<List<BackupKey>> writer : writers) {
                published.addAll(writer.get());
            }
            assertThat(published).doesNotHaveDuplicates();
            assertThat(SERVER.openUploads(bucket)).isZero();
            assertThat(SERVER.keys(bucket)).hasSize(2 * published.size());
            return published;
        } finally {
            threads.shutdownNow();
        }
    }

    private Callable<List<BackupKey>> writer(int number, FaultProxy proxy, CyclicBarrier start) {
        byte[] dump = new byte[1000]; // of one size, so that nothing but what they say tells them apart
        new Random(number).nextBytes(dump);
        byte[] manifest = ("{\"writer\":" + number + "}").getBytes(StandardCharsets.UTF_8);
        return () -> {
            try (S3BackupStore store = new S3BackupStore(
                    Stores.settings(SERVER, proxy.endpoint(), bucket, "backups"), 10_000, Stores.QUICK)) {
                start.await();
                try (Upload upload = store.begin(KEY, 0)) {
                    upload.body().write(dump);
                    start.await();
                    upload.publish(out -> out.write(manifest));
                    assertThat(Md5.base64(Stores.read(store, upload.key(), DUMP)))
                            .isEqualTo(Md5.base64(dump));
                    assertThat(Stores.read(store, upload.key(), MANIFEST)).isEqualTo(manifest);
                    return List.of(upload.key());
                } catch (StorageException taken) {
                    assertThat(taken.reason()).isEqualTo(StorageException.Reason.CHANGED);
                    return List.of();
                }
            }
        };
    }

    @Test
    void doesNotWaitForAKeyThatAKilledProcessHasBegun() throws IOException {
        SERVER.client()
                .createMultipartUpload(upload -> upload.bucket(bucket).key("backups/backup_20260211_093022.sql.gz"));
        try (S3BackupStore store = new S3BackupStore(Stores.settings(SERVER, bucket, "backups"), 10_000);
                Upload upload = store.begin(KEY, 0)) {
            assertThat(upload.key()).isGreaterThan(KEY);
        }
    }
}

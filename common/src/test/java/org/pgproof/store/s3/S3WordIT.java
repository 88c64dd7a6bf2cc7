package org.pgproof.store.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.pgproof.store.ObjectKind.DUMP;
import static org.pgproof.store.ObjectKind.RECEIPT;
import static org.pgproof.store.s3.Stores.KEY;
import static org.pgproof.store.s3.Stores.noise;
import static org.pgproof.store.s3.Stores.reason;
import static org.pgproof.testkit.FaultProxy.request;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.store.StorageException.Reason;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.S3Server;

/** Only the store itself can say that an object is gone. */
class S3WordIT {
    private static final S3Server SERVER = S3Server.shared();
    private static final String DUMP_OBJECT = "backups/backup_20260211_093022.sql.gz";

    private final String bucket = SERVER.freshBucket();
    private final FaultProxy proxy = FaultProxy.to(SERVER.endpoint());
    private final S3BackupStore store =
            new S3BackupStore(Stores.settings(SERVER, proxy.endpoint(), bucket, "backups"), 10_000, Stores.QUICK);

    @AfterEach
    void close() {
        store.close();
        proxy.close();
    }

    static Stream<Fault> wordsOfOthers() {
        return Stream.of(
                Fault.Answered.page(404),
                Fault.Answered.page(403),
                Fault.Answered.page(200),
                new Fault.Answered(404, "text/plain", ""),
                new Fault.Refused(404, "NoSuchUpload"));
    }

    @ParameterizedTest
    @MethodSource("wordsOfOthers")
    void anObjectIsNotGoneBecauseSomethingOnTheWaySaysSo(Fault fault) throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, noise(5));
        proxy.fail(request("HEAD"), fault).fail(request("GET", ".sql.gz"), fault);
        assertThatThrownBy(() -> store.size(KEY, DUMP)).satisfies(reason(Reason.OTHER));
        assertThatThrownBy(() -> store.open(KEY, DUMP)).satisfies(reason(Reason.OTHER));
    }

    @ParameterizedTest
    @MethodSource("wordsOfOthers")
    void nothingCountsAsDeletedBecauseSomethingOnTheWaySaysSo(Fault fault) {
        SERVER.write(bucket, DUMP_OBJECT, noise(5));
        proxy.fail(request("DELETE"), fault);
        assertThatThrownBy(() -> store.delete(KEY, DUMP)).satisfies(reason(Reason.OTHER));
        assertThat(SERVER.keys(bucket)).containsExactly(DUMP_OBJECT);
    }

    @Test
    void theStoresListingDecidesWhereAHeadIsAnsweredWithoutItsWord() throws IOException {
        proxy.fail(request("HEAD"), Fault.Answered.page(404));
        assertThat(store.size(KEY, DUMP)).isEmpty();
        SERVER.write(bucket, DUMP_OBJECT, noise(5));
        assertThat(store.size(KEY, DUMP)).hasValue(5);
    }

    @Test
    void deletesWhatIsThereAndWhatIsNot() throws IOException {
        SERVER.write(bucket, DUMP_OBJECT, noise(5));
        store.delete(KEY, DUMP);
        store.delete(KEY, DUMP);
        proxy.fail(request("DELETE"), new Fault.Refused(404, "NoSuchKey"));
        store.delete(KEY, RECEIPT);
        assertThat(SERVER.keys(bucket)).isEmpty();
    }
}

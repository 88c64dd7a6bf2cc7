package org.pgproof.store.s3;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.pgproof.store.BackupStore;
import org.pgproof.store.BackupStoreContract;
import org.pgproof.testkit.S3Server;

/** A bucket of a real S3 server keeps to what every store does. */
class S3ContractIT extends BackupStoreContract {
    private static final S3Server SERVER = S3Server.shared();

    private final String bucket = SERVER.freshBucket();
    private final List<S3BackupStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(S3BackupStore::close);
    }

    @Override
    protected BackupStore open(String prefix) {
        S3BackupStore store = new S3BackupStore(Stores.settings(SERVER, bucket, prefix), 10_000);
        opened.add(store);
        return store;
    }

    @Override
    protected void plant(String name, byte[] content) {
        SERVER.write(bucket, name, content);
    }
}

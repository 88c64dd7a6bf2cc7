package org.pgproof.backup;

import java.time.Duration;
import java.util.Map;
import org.pgproof.archive.Compression;
import org.pgproof.postgres.ClientTools;
import org.pgproof.service.Outcome;
import org.pgproof.settings.Environment;
import org.pgproof.store.BackupStore;
import org.pgproof.store.s3.S3BackupStore;

/** Makes a backup as backup.jar does, in this JVM: for tests that ask what is in it, and not how a process behaves. */
public final class BackupRun {
    private BackupRun() {}

    /** Makes one backup; the variables are those of the service. */
    public static Outcome once(Map<String, String> variables) throws Exception {
        BackupSettings settings = Environment.of(variables).read(BackupSettings::from);
        Compression compression = Compression.of(settings.compressionLevel(), settings.compressionThreads());
        try (BackupStore store = new S3BackupStore(settings.store(), settings.maxParts())) {
            return BackupCommand.cycle(settings, clientTools(), store, compression, Duration.ZERO)
                    .run();
        }
    }

    /** Returns the client tools that the services find when they run as processes. */
    public static ClientTools clientTools() {
        return new ClientTools(Environment.ofProcess().paths("POSTGRES_BIN_DIRS"));
    }
}

package org.pgproof.backup;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgproof.postgres.ClientTools;
import org.pgproof.service.Outcome;
import org.pgproof.settings.Environment;
import org.pgproof.store.BackupStore;
import org.pgproof.store.S3BackupStore;

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
        String folders = Optional.ofNullable(System.getenv("POSTGRES_BIN_DIRS")).orElse("");
        return new ClientTools(Stream.of(folders.split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }
}

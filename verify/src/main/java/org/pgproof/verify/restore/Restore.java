package org.pgproof.verify.restore;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.pgproof.archive.CorruptArchiveException;
import org.pgproof.archive.DigestInputStream;
import org.pgproof.archive.GunzipStream;
import org.pgproof.dump.DumpListener;
import org.pgproof.dump.DumpProblems;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.manifest.Misreading;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.postgres.ServerVersion;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.service.Quantity;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Isolation;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.ServerWatch;
import org.pgproof.verify.server.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Streams a dump object through gunzip into {@code psql}, with nothing on disk. */
public final class Restore {
    private static final Logger log = LoggerFactory.getLogger(Restore.class);

    /** As backup writes them. */
    private static final long LARGEST_MEMBER = 1 << 20;

    private static final int CHUNK = 64 * 1024;

    private final BackupStore store;
    private final ChosenBackup backup;
    private final Sessions sessions;
    private final AfterRows afterRows;
    private final UnpackedBound bounds;
    private final DumpProblems problems = new DumpProblems();
    private final RestorePhases phases = new RestorePhases();
    private final DumpReading reading = new DumpReading(false);

    private Optional<Check> archive = Optional.empty();
    private Optional<Check> restore = Optional.empty();

    /**
     * @param afterRows told what happens to the rows, where that can be known before the end
     * @param maxBytes what a dump without a manifest may unpack to
     */
    public Restore(BackupStore store, ChosenBackup backup, Sessions sessions, AfterRows afterRows, long maxBytes) {
        this.store = store;
        this.backup = backup;
        this.sessions = sessions;
        this.afterRows = afterRows;
        this.bounds = new UnpackedBound(backup.manifest(), maxBytes);
    }

    /**
     * Restores the whole backup, or as far as it goes.
     *
     * @throws IOException when the store fails
     * @throws CouldNotVerifyException when the server fails
     */
    public Restoration run() throws IOException, InterruptedException, CouldNotVerifyException {
        try {
            return restore();
        } catch (CouldNotVerifyException e) {
            if (several() && e.isCrowded()) {
                return contested(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    private boolean several() {
        return sessions.atOnce() > 1;
    }

    private Restoration restore() throws IOException, InterruptedException, CouldNotVerifyException {
        try (DigestInputStream object = new DigestInputStream(store.open(backup.key(), ObjectKind.DUMP));
                ServerWatch watch = new ServerWatch(sessions.database(), sessions.database()::giveUp);
                RestoreSessions psql = open(watch)) {
            Withholding dump = new Withholding(
                    new ListenerPair(noticing(), psql.listener()),
                    sessions.database().server().version().major());
            DumpScanner scanner = dump.scanner();
            try {
                boolean whole = feed(object, dump, psql, watch);
                watch.begins();
                Optional<Psql.SqlError> error = whole ? psql.finish() : psql.failure();
                watch.ends();
                if (whole && several() && error.isPresent()) {
                    return contested(error.get().toString());
                }
                restore = error.map(this::failed).or(() -> restore);
            } catch (CouldNotVerifyException e) {
                if (several() && e.isCrowded()) {
                    throw e;
                }
                return unlessDamaged(object, scanner.position(), watch.silence().orElse(e));
            }
            object.drain(); // the digest is of the whole object, also when its middle is damaged
            return conclude(object, scanner.position());
        }
    }

    /** One session loads all rows before the next table's; several do not, and a function may look for what is not yet there. */
    private Restoration contested(String reason) {
        log.warn("Several sessions could not restore it: {}", reason);
        return Restoration.contested(reason, phases.end(Duration.ZERO));
    }

    /** A backup that is damaged has failed, whatever else kept it from being restored. */
    private Restoration unlessDamaged(DigestInputStream object, long unpacked, CouldNotVerifyException reason)
            throws IOException, CouldNotVerifyException {
        object.drain();
        restore = restore.or(() -> Optional.of(Check.skipped(Name.RESTORE, String.valueOf(reason.getMessage()))));
        Restoration result = conclude(object, unpacked);
        if (result.checks().stream().noneMatch(check -> check.result() == Check.Result.FAILED)) {
            throw reason;
        }
        return result;
    }

    private DumpListener noticing() {
        return new ListenerPair(new ListenerPair(problems, phases), reading);
    }

    private RestoreSessions open(ServerWatch watch) throws IOException, InterruptedException, CouldNotVerifyException {
        watch.begins();
        try {
            String settings = RestoreSettings.of(sessions, backup.manifest());
            return sessions.atOnce() == 1
                    ? new SingleSession(sessions, settings, afterRows)
                    : new ParallelSessions(sessions, settings, afterRows);
        } catch (CouldNotVerifyException e) {
            throw watch.silence().orElse(e);
        } finally {
            watch.ends();
        }
    }

    /** Returns whether the dump was read to its end and is whole; psql must not see the end of any other. */
    private boolean feed(DigestInputStream object, Withholding withholding, RestoreSessions psql, ServerWatch watch)
            throws IOException, InterruptedException, CouldNotVerifyException {
        @SuppressWarnings("resource") // holds nothing but the object, which its owner closes
        GunzipStream dump = new GunzipStream(object);
        DumpScanner scanner = withholding.scanner();
        try {
            Optional<String> refused = stream(dump, withholding, psql, watch);
            if (refused.isPresent()) {
                return unreadable(refused.get(), "");
            }
        } catch (CorruptArchiveException e) {
            return damaged(e.getMessage() + rowsWithin(dump.memberStart(), dump.memberStart() + LARGEST_MEMBER));
        }
        scanner.end();
        withholding.settings().forEach(line -> log.warn("Left out for this older server: {}", line));
        if (!scanner.complete()) {
            String reason = scanner.incompleteBecause().orElse("the dump is not complete");
            return unreadable(reason, rowsWithin(scanner.position(), Long.MAX_VALUE));
        }
        archive = Optional.of(Check.passed(
                Name.ARCHIVE,
                "gzip intact to its last byte, " + Quantity.bytes(scanner.position()) + " unpacked, complete"));
        return true;
    }

    /** Passes the dump on to its end, and returns why not. */
    private Optional<String> stream(GunzipStream dump, Withholding withholding, RestoreSessions psql, ServerWatch watch)
            throws IOException, InterruptedException, CouldNotVerifyException {
        DumpScanner scanner = withholding.scanner();
        Optional<CommandSearch> search =
                new Isolation(sessions.psql()).isSound() ? Optional.empty() : Optional.of(new CommandSearch());
        byte[] chunk = new byte[CHUNK];
        int kept = 0;
        for (int read = dump.read(chunk, kept, CHUNK - kept); read >= 0; read = dump.read(chunk, kept, CHUNK - kept)) {
            int length = kept + read;
            kept = withholding.take(chunk, kept, length);
            Optional<String> refused = refused(scanner.position());
            if (refused.isPresent()) {
                return refused;
            }
            int passed = length - kept;
            if (search.isPresent() && search.get().finds(chunk, passed)) {
                throw new Isolation(sessions.psql()).mayObey(scanner.position());
            }
            watch.begins();
            psql.write(chunk, passed, Math.min(scanner.boundary(), scanner.position() - kept));
            watch.ends();
            System.arraycopy(chunk, passed, chunk, 0, kept);
        }
        return Optional.empty(); // what is kept at the end is the last command, which is withheld
    }

    private Optional<String> refused(long position) throws CouldNotVerifyException {
        Optional<String> problem = problems.first();
        return problem.isPresent()
                ? Optional.of("the dump holds what no dump should: " + problem.get())
                : bounds.exceededBy(position);
    }

    /** Names the tables whose rows the manifest places among these bytes of the unpacked dump. */
    private String rowsWithin(long from, long to) {
        List<String> tables = backup.manifest().stream()
                .flatMap(manifest -> manifest.tables().stream())
                .filter(table -> table.data().stream().anyMatch(rows -> rows.start() < to && rows.end() > from))
                .map(TableContent::display)
                .toList();
        return tables.isEmpty() ? "" : "; from there on lay rows of " + ManifestComparison.shortened(tables);
    }

    /** What cannot be read is damage, unless it is what psql makes of a sound dump. */
    private boolean unreadable(String reason, String rows) {
        List<String> misread = reading.misreadByPsql();
        if (misread.isEmpty()) {
            return damaged(reason + rows);
        }
        restore = Optional.of(Check.failed(
                Name.RESTORE,
                Misreading.of(misread) + ", and takes what follows for a part of it (" + reason + "): at the source "
                        + Misreading.REMEDY));
        return false;
    }

    private boolean damaged(String reason) {
        archive = Optional.of(Check.failed(Name.ARCHIVE, reason));
        return false;
    }

    private Check failed(Psql.SqlError error) {
        log.error("The restore stopped: {}", error);
        return Check.failed(Name.RESTORE, error + whenOfAnotherVersion() + whenExtensionsAreOthers());
    }

    /** What an extension defines may be another thing in another version of it. */
    private String whenExtensionsAreOthers() {
        try {
            List<String> others = sessions.database()
                    .server()
                    .extensionsOfOtherVersions(
                            backup.manifest().map(Manifest::extensions).orElse(List.of()));
            return others.isEmpty()
                    ? ""
                    : "; extensions of another version than the source's: " + String.join(", ", others);
        } catch (SQLException e) {
            log.debug("The server's extensions could not be listed", e);
            return "";
        }
    }

    /** What an older server held, a newer one may not take: that is no damage, and the backup saves nobody there. */
    private String whenOfAnotherVersion() {
        int here = sessions.database().server().version().major();
        return backup.manifest()
                .flatMap(manifest -> ServerVersion.find(manifest.source().serverVersion()))
                .filter(source -> source.major() != here)
                .map(source -> "; the backup is of PostgreSQL " + source.major() + " and this server is " + here
                        + ": verify it on " + source.major()
                        + " too, to see whether the change of version is the cause")
                .orElse("");
    }

    /** Whether the text that was restored is the one that was dumped, whatever is wrong with its file. */
    private boolean isAsDumped() {
        return backup.manifest().map(reading::differences).filter(List::isEmpty).isPresent();
    }

    private Restoration conclude(DigestInputStream object, long unpacked) throws IOException, CouldNotVerifyException {
        boolean whole =
                archive.map(check -> check.result() == Check.Result.PASSED).orElse(false);
        Check restored = restore.orElseGet(() -> whole
                ? Check.passed(Name.RESTORE, "psql took every statement")
                : Check.skipped(Name.RESTORE, "the archive is damaged"));
        ObjectReading read = ObjectReading.of(object, archive.isPresent() ? unpacked : ObjectReading.STOPPED);
        Check asStored =
                new ObjectCheck(store, backup, reading).check(read, whole, restored.result() == Check.Result.PASSED);
        Check intact = archive.map(
                        check -> whole ? check : Check.failed(Name.ARCHIVE, check.detail() + ObjectCheck.READ_TWICE))
                .orElseGet(() -> Check.skipped(Name.ARCHIVE, "the restore stopped before the end"));
        return new Restoration(
                asStored,
                intact,
                restored,
                read.bytes(),
                read.sha256(),
                unpacked,
                reading.views(),
                asStored.result() == Check.Result.PASSED || (whole && isAsDumped()) ? reading.definitions() : List.of(),
                Optional.empty(),
                phases.end(object.waited()));
    }
}

package org.pgproof.verify;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import org.pgproof.manifest.Json;
import org.pgproof.receipt.Receipt;
import org.pgproof.receipt.Verdict;
import org.pgproof.store.BackupStore;
import org.pgproof.store.ObjectKind;
import org.pgproof.verify.restore.Restoration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores what a verification found beside its backup, and in the report file that was asked for. */
final class Receipts {
    private static final Logger log = LoggerFactory.getLogger(Receipts.class);

    private final BackupStore store;
    private final Optional<Path> report;
    private final String pgproofVersion;
    private final Clock clock;

    /** @param report file to write too: JUnit XML when its name ends in {@code .xml}, else JSON */
    Receipts(BackupStore store, Optional<Path> report, String pgproofVersion, Clock clock) {
        this.store = store;
        this.report = report;
        this.pgproofVersion = pgproofVersion;
        this.clock = clock;
    }

    /** Says why the file cannot be written, if it cannot; leaves what is in it. */
    static Optional<String> obstacle(Path file) {
        boolean there = Files.exists(file);
        try {
            Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                    .close();
            if (!there) {
                Files.delete(file);
            }
            return Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.of("its folder does not exist");
        } catch (AccessDeniedException e) {
            return Optional.of("permission denied");
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** A receipt that cannot be stored is a warning: the verdict stands. */
    void store(Verification verification) {
        Receipt receipt = receipt(verification);
        report.ifPresent(file ->
                write(new Report(receipt, verification.outdated().orElse(null), verification.warnings()), file));
        if (verification.chosen().isPresent() && verification.verdict() != Verdict.COULD_NOT_VERIFY) {
            try {
                store.put(verification.backup().key(), ObjectKind.RECEIPT, Json.bytes(receipt));
            } catch (IOException e) {
                log.warn("The receipt of {} could not be stored: {}", receipt.key(), e.getMessage(), e);
            }
        }
    }

    private Receipt receipt(Verification verification) {
        Optional<Restoration> restoration = verification.restoration();
        TreeMap<String, Double> seconds = new TreeMap<>();
        verification.findings().steps().forEach((step, duration) -> seconds.put(step, seconds(duration)));
        long unpacked = restoration.map(Restoration::uncompressedBytes).orElse(0L);
        Double restoreSeconds = seconds.get("restore");
        boolean chosen = verification.chosen().isPresent();
        return new Receipt(
                Receipt.FORMAT,
                chosen ? verification.backup().key().toString() : "",
                verification.verdict(),
                verification.findings().reason(),
                clock.instant(),
                chosen ? verification.server().version().toString() : "",
                verification.psql().map(psql -> psql.version().toString()).orElse(""),
                pgproofVersion,
                restoration.map(Restoration::bytes).orElse(0L),
                restoration
                        .map(Restoration::sha256)
                        .filter(digest -> !digest.isEmpty())
                        .orElse(null),
                unpacked,
                restoreSeconds == null || restoreSeconds == 0 ? null : (long) (unpacked / restoreSeconds),
                seconds,
                verification.findings().checks());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static void write(Report all, Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            if (file.toString().endsWith(".xml")) {
                JUnitReport.write(all, out);
            } else {
                Json.write(all, out);
            }
        } catch (IOException e) {
            log.warn("The report {} could not be written: {}", file, e.toString());
        }
    }
}

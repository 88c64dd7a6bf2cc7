package org.pgproof.verify;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ClientTool;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Verdict;
import org.pgproof.service.Quantity;
import org.pgproof.service.Stopwatch;
import org.pgproof.verify.restore.ChosenBackup;
import org.pgproof.verify.restore.Restoration;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One verification from its start to its verdict: what is verified, where, and what was found. */
final class Verification {
    private static final Logger log = LoggerFactory.getLogger(Verification.class);

    private final Findings findings = new Findings();
    private final Stopwatch running = Stopwatch.start();
    private final Clock clock;
    private final Optional<Duration> maxAge;
    private @Nullable ChosenBackup backup;
    private @Nullable Server server;
    private @Nullable ClientTool psql;
    private @Nullable Restoration restoration;

    /** @param maxAge how old the newest backup may be, if that was said */
    Verification(Clock clock, Optional<Duration> maxAge) {
        this.clock = clock;
        this.maxAge = maxAge;
    }

    /** A part of the work that is timed. */
    @FunctionalInterface
    interface Step {
        void run() throws IOException, InterruptedException, CouldNotVerifyException;
    }

    /** Says what will be verified, and where. */
    void chose(ChosenBackup chosen, Server where) {
        backup = chosen;
        server = where;
    }

    /**
     * Says that the work begins.
     *
     * @param sessions that restore and read at once
     */
    void begins(ClientTool with, int sessions) {
        psql = with;
        log.info(
                "Verifying {} ({}) on PostgreSQL {} with psql {}, {}",
                backup().key(),
                Quantity.bytes(backup().size()),
                server().version(),
                with.version(),
                sessions == 1 ? "one session" : sessions + " sessions");
    }

    /** Does a part of the work and notes how long it took, also when it failed. */
    void step(String name, Step step) throws IOException, InterruptedException, CouldNotVerifyException {
        Stopwatch stopwatch = Stopwatch.start();
        try {
            step.run();
        } finally {
            findings.took(name, stopwatch.elapsed());
        }
    }

    void add(Restoration result) {
        restoration = result;
        result.phases().forEach((phase, duration) -> findings.took(Findings.RESTORE + " " + phase, duration));
        if (result.contested().isPresent()) {
            return;
        }
        result.checks().forEach(this::add);
        result.obstacle().ifPresent(findings::skipRest);
    }

    void add(Check check) {
        findings.add(check);
        log(check);
    }

    private static void log(Check check) {
        String line = "Check " + check.name() + " " + check.result() + ": " + check.detail();
        switch (check.result()) {
            case PASSED -> log.info(line);
            case SKIPPED -> log.warn(line);
            case FAILED -> log.error(line);
        }
        check.skipped().forEach(part -> log.warn("Check {} did not compare {}", check.name(), part));
    }

    /** A manifest that is damaged may well be what stopped it: then that was found, whatever else could not be. */
    void stoppedBy(Exception reason) {
        if (!findings.has(Check.Name.OBJECT)) {
            manifestDamage().ifPresent(damage -> add(Check.failed(Check.Name.OBJECT, damage)));
        }
        findings.stoppedBy(String.valueOf(reason.getMessage()));
        log.debug("What stopped the verification", reason);
    }

    /** Returns what is wrong with the manifest of the backup that was chosen. */
    Optional<String> manifestDamage() {
        return chosen().flatMap(ChosenBackup::manifestDamage);
    }

    /** Returns whether several sessions could not restore it, and one must be asked. */
    boolean contested() {
        return restoration != null && restoration.contested().isPresent();
    }

    boolean restored() {
        return restoration != null && restoration.obstacle().isEmpty();
    }

    /** Returns the definitions in the restored text, where each is the one that was dumped; else none. */
    List<SchemaObject> proven() {
        return restoration == null ? List.of() : restoration.proven();
    }

    /** Returns the materialized views that are yet to be filled. */
    List<RelationName> views() {
        return restoration().map(Restoration::views).orElse(List.of());
    }

    ChosenBackup backup() {
        return present(backup);
    }

    Optional<ChosenBackup> chosen() {
        return Optional.ofNullable(backup);
    }

    Server server() {
        return present(server);
    }

    /** Returns what restores; empty while it has not been found. */
    Optional<ClientTool> psql() {
        return Optional.ofNullable(psql);
    }

    Optional<Restoration> restoration() {
        return Optional.ofNullable(restoration);
    }

    Findings findings() {
        return findings;
    }

    Verdict verdict() {
        return findings.verdict();
    }

    private static Level level(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> Level.INFO;
            case RESTORED -> Level.WARN;
            case FAILED, COULD_NOT_VERIFY -> Level.ERROR;
        };
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("the verification has not begun");
        }
        return value;
    }

    /** Logs the verdict on one line, with the time each step took. */
    void report(Logger to) {
        String steps = findings.times();
        String line = "Verification " + verdict() + ": " + (backup == null ? "" : backup.key() + ", ")
                + findings.reason()
                + findings.skipped().map(skipped -> " (" + skipped + ")").orElse("")
                + (steps.isEmpty() ? "" : "; " + steps);
        LoggingEventBuilder event =
                to.atLevel(level(verdict())).addKeyValue("verdict", verdict().name());
        if (backup != null) {
            event = event.addKeyValue("key", backup.key()).addKeyValue("bytes", backup.size());
        }
        Optional<Manifest> manifest = chosen().flatMap(ChosenBackup::manifest);
        if (manifest.isPresent()) {
            event = event.addKeyValue("rows", manifest.get().rows());
        }
        event.addKeyValue("seconds", running.elapsed()).log(line);
        warnings().forEach(to::warn);
        outdated().ifPresent(to::error);
    }

    /** Says that the newest backup is older than it may be; empty when it is not. */
    Optional<String> outdated() {
        return freshness().flatMap(Freshness::outdated);
    }

    /** Returns what somebody should look at, whatever the verdict. */
    List<String> warnings() {
        return Stream.concat(
                        chosen().flatMap(ChosenBackup::manifest).filter(Manifest::holdsNoTable).stream()
                                .map(manifest -> "The backup holds no table: is "
                                        + manifest.source().display() + " the right database?"),
                        freshness().flatMap(Freshness::late).stream())
                .toList();
    }

    private Optional<Freshness> freshness() {
        return chosen().flatMap(chosen -> Freshness.of(chosen, maxAge, clock.instant()));
    }
}

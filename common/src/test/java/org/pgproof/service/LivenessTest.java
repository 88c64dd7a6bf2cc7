package org.pgproof.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;

class LivenessTest {
    private static final Instant NOW = Instant.parse("2026-02-11T12:00:00Z");
    private static final Optional<Instant> LONG_AGO = Optional.of(Instant.parse("2026-01-01T00:00:00Z"));

    private final Liveness liveness = new Liveness("backup", ObjectKind.DUMP, Duration.ofHours(2));

    @Test
    void isContentWithARecentResult() {
        assertThat(liveness.complaint(List.of(dump(500), dump(119)), LONG_AGO, NOW))
                .isEmpty();
        assertThat(liveness.complaint(List.of(dump(-5)), LONG_AGO, NOW)).isEmpty();
    }

    @Test
    void complainsWhenTheNewestResultIsTooOld() {
        assertThat(liveness.complaint(List.of(dump(500), dump(121)), LONG_AGO, NOW))
                .hasValueSatisfying(words -> assertThat(words).contains("2 h 1 min old", "HEALTH_MAX_AGE allows 2 h"));
        assertThat(liveness.complaint(List.of(dump(121)), Optional.empty(), NOW))
                .isPresent();
    }

    @Test
    void complainsWhenAServiceThatHasRunForLongHasNoResult() {
        StoredObject manifest = new StoredObject(BackupKey.at(NOW), ObjectKind.MANIFEST, 1, NOW);
        assertThat(liveness.complaint(List.of(manifest), LONG_AGO, NOW)).isPresent();
    }

    @Test
    void givesTimeToAServiceThatWasStartedLately() {
        Optional<Instant> lately = Optional.of(NOW.minus(Duration.ofMinutes(119)));
        assertThat(liveness.complaint(List.of(), lately, NOW)).isEmpty();
        assertThat(liveness.complaint(List.of(dump(10_000)), lately, NOW)).isEmpty();
    }

    @Test
    void cannotKnowWhetherAnEmptyStoreIsLateWhereNoServiceIsSeen() {
        assertThat(liveness.complaint(List.of(), Optional.empty(), NOW)).isEmpty();
    }

    @Test
    void seesTheServiceThatRunsTheSameJar() {
        var jar = ServiceProcess.jar(List.of("@/app/jvm.options", "-Xmx32m", "-jar", "/app/backup.jar", "healthcheck"))
                .orElseThrow();
        assertThat(ServiceProcess.isService(List.of("@/app/jvm.options", "-jar", "/app/backup.jar"), jar))
                .isTrue();
        assertThat(ServiceProcess.isService(List.of("-jar", "target/backup.jar", "--env-file", ".env"), jar))
                .isTrue();
        assertThat(ServiceProcess.isService(List.of("-jar", "/app/backup.jar", "healthcheck"), jar))
                .isFalse();
        assertThat(ServiceProcess.isService(List.of("-jar", "/app/verify.jar"), jar))
                .isFalse();
        assertThat(ServiceProcess.isService(List.of("-jar"), jar)).isFalse();
    }

    private static StoredObject dump(long minutesOld) {
        Instant stored = NOW.minus(Duration.ofMinutes(minutesOld));
        return new StoredObject(BackupKey.at(stored), ObjectKind.DUMP, 1, stored);
    }
}

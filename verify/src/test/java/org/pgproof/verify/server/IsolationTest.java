package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pgproof.postgres.ClientTool;
import org.pgproof.postgres.ServerVersion;

class IsolationTest {
    private static Isolation of(String version) {
        return new Isolation(new ClientTool(Path.of("psql"), ServerVersion.parse(version)));
    }

    @ParameterizedTest
    @CsvSource({
        "13.21, false, false", "13.23, true, false", "14.18, false, false", "14.23, true, false", "14.24, true, true",
        "15.18, true, false", "15.19, true, true", "16.14, true, false", "16.15, true, true", "17.5, false, false",
        "17.10, true, false", "17.11, true, true", "18.0, true, false", "18.6, true, true", "19.0, true, true"
    })
    void knowsWhichVersionsCanBeKeptFromCommands(String version, boolean known, boolean sound) {
        assertThat(of(version).isKnown()).isEqualTo(known);
        assertThat(of(version).isSound()).isEqualTo(sound);
        assertThat(of(version).prologue().contains("\\restrict ")).isEqualTo(known);
    }

    @Test
    void verifiesNothingWithAnOlderOneWhereIsolationIsRequired() {
        assertThatThrownBy(() -> of("15.18").check(Optional.of(true)))
                .isInstanceOf(CouldNotVerifyException.class)
                .hasMessageContaining("install psql 15.19 or later");
        assertThatThrownBy(() -> of("13.23").check(Optional.of(true))).hasMessageContaining("install psql 14.24");
        assertThatCode(() -> of("15.18").check(Optional.empty())).doesNotThrowAnyException();
        assertThatCode(() -> of("15.18").check(Optional.of(false))).doesNotThrowAnyException();
        assertThatCode(() -> of("15.19").check(Optional.of(true))).doesNotThrowAnyException();
    }

    @Test
    void keysAreNeverTheSame() {
        assertThat(of("18.6").prologue()).isNotEqualTo(of("18.6").prologue());
    }
}

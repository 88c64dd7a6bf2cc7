package org.pgproof.verify.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporaryNameTest {
    private static final TemporaryName NAME = TemporaryName.at(Instant.parse("2026-02-11T23:59:59.9Z"));

    @Test
    void saysTheSecondInUtc() {
        assertThat(NAME).hasToString("verify_20260211_235959");
        assertThat(NAME.next()).hasToString("verify_20260212_000000");
    }

    @Test
    void parsesWhatItPrints() {
        assertThat(TemporaryName.parse(NAME.toString())).contains(NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verify_20260211_23595",
                "verify_20260211_2359590",
                "verify_20260231_000000",
                "verify_20260211_240000",
                "Verify_20260211_235959",
                "my_verify_20260211_235959",
                "verify_20260211_235959_copy",
                "verify_20260211-235959",
                "verify_２０２６0211_235959",
                "verify_20260211_235959\n",
                "verify",
                ""
            })
    void takesNoOtherName(String name) {
        assertThat(TemporaryName.parse(name)).isEmpty();
    }

    @Test
    void locksDifferByName() {
        assertThat(NAME.lock()).isNotEqualTo(NAME.next().lock());
        assertThat(TemporaryName.parse(NAME.toString()).orElseThrow().lock()).isEqualTo(NAME.lock());
    }
}

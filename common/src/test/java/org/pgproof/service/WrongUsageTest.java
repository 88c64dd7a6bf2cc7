package org.pgproof.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

class WrongUsageTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";

    @Command(name = "service")
    static final class Service {
        @Option(names = "--once")
        private boolean once;

        @Option(names = "--env-file")
        private @Nullable Path file;

        @Command(name = "healthcheck")
        public int check() {
            return once && file == null ? 1 : 0;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                SECRET,
                "--password=" + SECRET,
                "--once=" + SECRET,
                "-p" + SECRET,
                "-" + SECRET,
                "postgresql://u:" + SECRET + "@db/shop",
                "S3_SECRET_ACCESS_KEY=" + SECRET,
                "--" + SECRET
            })
    void repeatsNothingThatMayBeASecret(String argument) {
        assertThat(explain(argument)).doesNotContain(SECRET).isNotBlank();
    }

    @Test
    void namesTheOptionThatIsUnknown() {
        assertThat(explain("--twice")).isEqualTo("Unknown option: --twice");
        assertThat(explain("--password=" + SECRET)).isEqualTo("Unknown option: --password");
        assertThat(explain("--env-file")).contains("--env-file");
    }

    private static String explain(String... arguments) {
        ParameterException wrong = catchThrowableOfType(
                ParameterException.class, () -> new CommandLine(new Service()).parseArgs(arguments));
        assertThat(wrong).as("no such argument").isNotNull();
        return WrongUsage.explain(wrong, arguments);
    }
}

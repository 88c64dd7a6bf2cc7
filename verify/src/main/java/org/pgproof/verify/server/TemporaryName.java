package org.pgproof.verify.server;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.pgproof.dump.Digest;

/** {@code verify_YYYYMMDD_HHMMSS}: the name of a temporary database, by the UTC second at which it was made. */
record TemporaryName(Instant second) {
    /**
     * The connection limit that marks a database as ours. Nobody sets it by chance, and it is set by the statement that
     * creates the database, which a comment cannot be.
     */
    static final int MARK = 20_747;

    /** The connection limit of a database whose {@code DROP DATABASE} was interrupted (PostgreSQL 11.21 and later). */
    static final int INVALID = -2;

    private static final Pattern FORM = Pattern.compile("verify_[0-9]{8}_[0-9]{6}");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'verify_'uuuuMMdd'_'HHmmss", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    static TemporaryName at(Instant instant) {
        return new TemporaryName(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    static Optional<TemporaryName> parse(String name) {
        if (!FORM.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new TemporaryName(LocalDateTime.parse(name, NAME).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException notOnTheCalendar) {
            return Optional.empty();
        }
    }

    TemporaryName next() {
        return new TemporaryName(second.plusSeconds(1));
    }

    /** Returns the advisory lock that says a verifier is using the database. */
    long lock() {
        return Digest.of(("pgproof " + this).getBytes(StandardCharsets.US_ASCII))
                .low();
    }

    @Override
    public String toString() {
        return NAME.format(second.atOffset(ZoneOffset.UTC));
    }
}

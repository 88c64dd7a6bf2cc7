package org.pgproof.store;

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

/** The name of one backup, {@code backup_YYYYMMDD_HHMMSS}: the UTC second at which it was begun. */
public record BackupKey(Instant instant) implements Comparable<BackupKey> {
    private static final Pattern FORM = Pattern.compile("backup_[0-9]{8}_[0-9]{6}");
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("'backup_'uuuuMMdd'_'HHmmss", Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    /**
     * @throws IllegalArgumentException when the instant has a fraction of a second or lies outside the years 0 to 9999
     */
    public BackupKey {
        if (!instant.equals(instant.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("A backup key is a whole second, not " + instant);
        }
        int year = instant.atOffset(ZoneOffset.UTC).getYear();
        if (year < 0 || year > 9999) {
            throw new IllegalArgumentException("A backup key needs a year of four digits, not " + instant);
        }
    }

    /** The key of the second that {@code instant} lies in. */
    public static BackupKey at(Instant instant) {
        return new BackupKey(instant.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Reads exactly the form that {@link #toString()} writes; anything else, such as a 30 February, is empty. */
    public static Optional<BackupKey> parse(String name) {
        if (!FORM.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BackupKey(LocalDateTime.parse(name, NAME).toInstant(ZoneOffset.UTC)));
        } catch (DateTimeException notOnTheCalendar) {
            return Optional.empty();
        }
    }

    /** The key one second later. */
    public BackupKey next() {
        return later(1);
    }

    /** The key so many seconds later. */
    public BackupKey later(long seconds) {
        return new BackupKey(instant.plusSeconds(seconds));
    }

    @Override
    public int compareTo(BackupKey other) {
        return instant.compareTo(other.instant);
    }

    @Override
    public String toString() {
        return NAME.format(instant.atOffset(ZoneOffset.UTC));
    }
}

package org.pgproof.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** {@code 2026-02-11T09:30:22Z INFO: Backup published …}: UTC, one line an event whatever the message contains. */
final class TextLine extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        String line = time(event) + " " + levelName(event.getLevel()) + ": " + oneLine(event.getFormattedMessage());
        String stackTrace = stackTrace(event);
        return line + System.lineSeparator() + (stackTrace == null ? "" : stackTrace);
    }

    static Instant time(ILoggingEvent event) {
        return event.getInstant().truncatedTo(ChronoUnit.SECONDS);
    }

    static String levelName(Level level) {
        return level == Level.WARN ? "WARNING" : level.toString();
    }

    /** A stack trace is for those who asked for DEBUG. */
    static @Nullable String stackTrace(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        boolean wanted = LoggerFactory.getLogger(event.getLoggerName()).isDebugEnabled();
        return thrown == null || !wanted ? null : ThrowableProxyUtil.asString(thrown);
    }

    private static String oneLine(String message) {
        if (message.chars().noneMatch(Character::isISOControl)) {
            return message;
        }
        return message.chars().mapToObj(TextLine::visible).collect(Collectors.joining());
    }

    private static String visible(int character) {
        return switch (character) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\t";
            default ->
                Character.isISOControl(character)
                        ? String.format("\\x%02x", character)
                        : String.valueOf((char) character);
        };
    }
}

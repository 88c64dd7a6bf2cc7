package org.pgproof.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.pgproof.settings.Shown;
import org.slf4j.LoggerFactory;

/** {@code 2026-02-11T09:30:22Z INFO: Backup published …}: UTC, one line an event whatever the message contains. */
final class TextLine extends LayoutBase<ILoggingEvent> {
    @Override
    public String doLayout(ILoggingEvent event) {
        String line =
                time(event) + " " + levelName(event.getLevel()) + ": " + Shown.onOneLine(event.getFormattedMessage());
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
        return thrown == null || !wanted ? null : StackTrace.of(thrown);
    }
}

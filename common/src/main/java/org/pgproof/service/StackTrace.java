package org.pgproof.service;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import org.jspecify.annotations.Nullable;
import org.pgproof.settings.Shown;

/** Writes a stack trace as Java does, with the messages in it on one line each: others may have chosen their words. */
final class StackTrace {
    private static final String END = System.lineSeparator();

    private final StringBuilder text = new StringBuilder();

    private StackTrace() {}

    static String of(IThrowableProxy thrown) {
        StackTrace trace = new StackTrace();
        trace.add(thrown, "", "");
        return trace.text.toString();
    }

    private void add(IThrowableProxy thrown, String indent, String caption) {
        String message = thrown.getMessage();
        text.append(indent).append(caption).append(thrown.getClassName());
        text.append(message == null ? "" : ": " + Shown.onOneLine(message)).append(END);
        StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
        int common = thrown.getCommonFrames();
        for (int index = 0; index < frames.length - common; index++) {
            text.append(indent)
                    .append('\t')
                    .append(frames[index].getSTEAsString())
                    .append(END);
        }
        if (common > 0) {
            text.append(indent).append("\t... ").append(common).append(" more").append(END);
        }
        for (IThrowableProxy suppressed : thrown.getSuppressed()) {
            add(suppressed, indent + "\t", "Suppressed: ");
        }
        @Nullable IThrowableProxy cause = thrown.getCause();
        if (cause != null && !thrown.isCyclic()) {
            add(cause, indent, "Caused by: ");
        }
    }
}

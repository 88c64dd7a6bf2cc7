package org.pgproof.service;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.LoggerFactory;

/** Sends errors to stderr and the rest to stdout, one line an event; found by Logback as its configuration. */
public final class Logging extends ContextAwareBase implements Configurator {
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        configure(context, Level.INFO, new TextLine());
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Applies {@code LOG_LEVEL} and {@code LOG_FORMAT}.
     *
     * @param level a name Logback knows, or {@code WARNING}
     * @param json whether each line is a JSON object
     */
    public static void configure(String level, boolean json) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Level threshold = level.equals("WARNING") ? Level.WARN : Level.toLevel(level, Level.INFO);
        configure(context, threshold, json ? new JsonLine() : new TextLine());
    }

    private static void configure(LoggerContext context, Level level, Layout<ILoggingEvent> layout) {
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(console(context, "System.out", layout, false));
        root.addAppender(console(context, "System.err", layout, true));
        root.setLevel(Level.WARN); // what libraries say
        context.getLogger("org.pgproof").setLevel(level);
        // Says in its own words what a failed call's exception says in ours.
        context.getLogger("software.amazon.awssdk").setLevel(Level.ERROR);
    }

    private static ConsoleAppender<ILoggingEvent> console(
            LoggerContext context, String target, Layout<ILoggingEvent> layout, boolean errors) {
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(java.nio.charset.StandardCharsets.UTF_8);
        encoder.start();
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(context);
        console.setTarget(target);
        console.setEncoder(encoder);
        console.addFilter(new Filter<>() {
            @Override
            public FilterReply decide(ILoggingEvent event) {
                return event.getLevel().isGreaterOrEqual(Level.ERROR) == errors
                        ? FilterReply.NEUTRAL
                        : FilterReply.DENY;
            }
        });
        console.start();
        return console;
    }
}

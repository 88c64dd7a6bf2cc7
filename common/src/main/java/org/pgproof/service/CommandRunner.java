package org.pgproof.service;

import java.io.PrintWriter;
import java.util.stream.Stream;
import org.pgproof.settings.InvalidSettingsException;
import org.pgproof.settings.Problem;
import org.pgproof.settings.Setting;
import org.pgproof.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Runs a command, and turns what goes wrong before the service begins into lines and exit codes. */
public final class CommandRunner {
    private static final Logger log = LoggerFactory.getLogger(CommandRunner.class);

    private static final String SETTINGS = "settings";

    private CommandRunner() {}

    /**
     * Runs the command and returns the exit code.
     *
     * @param service whose settings {@code --help} shows
     */
    public static int run(Object command, Setting.Service service, String... arguments) {
        CommandLine line = new CommandLine(command);
        line.setExecutionExceptionHandler((exception, failed, result) -> explain(exception));
        line.setParameterExceptionHandler((exception, wrong) -> {
            PrintWriter error = exception.getCommandLine().getErr();
            error.println(WrongUsage.explain(exception, arguments));
            error.println("Try --help.");
            return Outcome.INVALID_SETTINGS;
        });
        line.setHelpSectionKeys(Stream.concat(line.getHelpSectionKeys().stream(), Stream.of(SETTINGS))
                .toList());
        line.getHelpSectionMap().put(SETTINGS, help -> settings(service));
        line.getCommandSpec().usageMessage().width(UsageMessageSpec.DEFAULT_USAGE_WIDTH + 30);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.AUTO));
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                log.error("The thread \"{}\" ended by an error: {}", thread.getName(), failure.toString(), failure));
        try {
            return line.execute(arguments);
        } catch (Error e) { // 1, the JVM's own answer, would say that settings are wrong
            return explain(e);
        }
    }

    private static int explain(Throwable exception) {
        if (exception instanceof InvalidSettingsException invalid) {
            for (Problem problem : invalid.problems()) {
                log.error("{}", problem);
            }
            return Outcome.INVALID_SETTINGS;
        }
        log.error("Stopped by an unexpected error: {}", exception.toString(), exception);
        return Outcome.NOT_DONE.exitCode();
    }

    private static String settings(Setting.Service service) {
        StringBuilder text = new StringBuilder(String.format(
                "%nSettings (environment variables; NAME_FILE names a file" + " that holds the value):%n"));
        for (Setting setting : Settings.of(service)) {
            String fallback =
                    switch (setting.fallback()) {
                        case "" -> "";
                        case "required" -> " (required)";
                        default -> " (default: " + setting.fallback() + ")";
                    };
            text.append(String.format("  %s%s%n      %s%n", setting.name(), fallback, setting.meaning()));
        }
        text.append(String.format("%nExit codes: 0 stopped as asked, or --once succeeded; 1 wrong settings or usage;"
                + "%n  2 --once could not be done; 3 --once verified, and the backup FAILED%n"));
        return text.toString();
    }
}

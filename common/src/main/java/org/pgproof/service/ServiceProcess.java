package org.pgproof.service;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The process that a health check is about: another one that runs the same jar. */
final class ServiceProcess {
    private static final String JAR = "-jar";

    private ServiceProcess() {}

    /** When it was started; if there are several, the newest. Empty if none is seen. */
    static Optional<Instant> started() {
        ProcessHandle own = ProcessHandle.current();
        Optional<Path> jar = jar(arguments(own));
        return jar.flatMap(name -> ProcessHandle.allProcesses()
                .filter(process -> process.pid() != own.pid())
                .filter(process -> isService(arguments(process), name))
                .flatMap(process -> process.info().startInstant().stream())
                .max(Comparator.naturalOrder()));
    }

    static boolean isService(List<String> arguments, Path jar) {
        return jar(arguments).filter(jar::equals).isPresent() && !arguments.contains("healthcheck");
    }

    /** The name of the jar that the arguments of a JVM name. */
    static Optional<Path> jar(List<String> arguments) {
        int option = arguments.indexOf(JAR);
        return option < 0 || option + 1 == arguments.size()
                ? Optional.empty()
                : Optional.ofNullable(Path.of(arguments.get(option + 1)).getFileName());
    }

    private static List<String> arguments(ProcessHandle process) {
        return Stream.of(process.info().arguments().orElse(new String[0])).toList();
    }
}

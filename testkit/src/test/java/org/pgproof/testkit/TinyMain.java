package org.pgproof.testkit;

import java.util.Map;
import java.util.TreeMap;

/** The program in the jar that {@link JarProcessIT} runs: says what it sees, starts a child, waits to be stopped. */
final class TinyMain {
    private TinyMain() {}

    /** Runs it. */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        System.out.println("arguments " + String.join(" ", arguments));
        System.out.println("environment " + environment.keySet());
        System.err.println("greeting " + environment.get("GREETING"));
        if (arguments.length == 0) {
            System.exit(3);
        }
        new ProcessBuilder("sleep", "300").start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("stopping")));
        System.out.println("ready");
        Thread.currentThread().join();
    }
}

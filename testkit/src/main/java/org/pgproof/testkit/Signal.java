package org.pgproof.testkit;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A signal to send to a process. */
public enum Signal {
    CONT,
    INT,
    KILL,
    QUIT,
    STOP,
    TERM;

    /** Sends it; a process that is gone does not mind. */
    public void send(long pid) {
        try {
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + name() + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Could not send SIG" + name() + " to " + pid, e);
        }
    }
}

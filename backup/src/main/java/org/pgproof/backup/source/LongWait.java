package org.pgproof.backup.source;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log, once, that a step takes longer than a minute. */
final class LongWait {
    private static final Logger log = LoggerFactory.getLogger(LongWait.class);

    private LongWait() {}

    /** What is waited for. */
    interface Step<T> {
        T run() throws IOException;
    }

    /** Runs a step in the calling thread. */
    static <T> T during(String what, Step<T> step) throws IOException {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "long wait");
            thread.setDaemon(true);
            return thread;
        });
        try {
            ScheduledFuture<?> unused =
                    timer.schedule(() -> log.warn("Still waiting after 1 min for {}", what), 1, TimeUnit.MINUTES);
            return step.run();
        } finally {
            timer.shutdownNow();
        }
    }
}

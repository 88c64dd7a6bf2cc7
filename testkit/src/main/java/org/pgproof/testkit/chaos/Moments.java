package org.pgproof.testkit.chaos;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets time pass: here a trouble comes when it comes, and no result depends on when. */
final class Moments {
    private Moments() {}

    static void pass(long millis) throws InterruptedException {
        new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
    }
}

package org.pgproof.store.s3;

import software.amazon.awssdk.core.metrics.CoreMetric;
import software.amazon.awssdk.metrics.MetricCollection;
import software.amazon.awssdk.metrics.MetricPublisher;

/** Learns whether the client made a request more than once: an earlier one may have been carried out, unheard. */
final class Retried implements MetricPublisher {
    private volatile boolean retried;

    boolean happened() {
        return retried;
    }

    @Override
    public void publish(MetricCollection call) {
        if (call.metricValues(CoreMetric.RETRY_COUNT).stream().anyMatch(retries -> retries > 0)) {
            retried = true;
        }
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

/** All features of each version are backed up and proven, on that version and on the next. */
class VersionsIT {
    private static final int NEWEST = 18;

    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {13, 14, 15, 16, 17, 18})
    void provesAllFeatures(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        PostgresServer source = PostgresServer.shared(major);
        RoundTrip trip = new RoundTrip().backUp(FeatureDatabase.create(source).url());

        JarProcess here = trip.passes(source);
        assertThat(here.log()).contains("definitions compared").doesNotContain("did not compare");

        if (major < NEWEST) {
            ClientBinaries.assumeClientFor(major + 1);
            JarProcess next = trip.passes(PostgresServer.shared(major + 1));
            assertThat(next.log()).doesNotContain("did not compare");
        }
    }

    @ParameterizedTest(name = "{0} to 18")
    @ValueSource(ints = {13, 15})
    void provesAcrossSeveralVersions(int major) throws Exception {
        ClientBinaries.assumeClientFor(NEWEST);
        RoundTrip trip = new RoundTrip()
                .backUp(FeatureDatabase.create(PostgresServer.shared(major)).url());
        assertThat(trip.passes(PostgresServer.shared(NEWEST)).log()).doesNotContain("did not compare");
    }
}

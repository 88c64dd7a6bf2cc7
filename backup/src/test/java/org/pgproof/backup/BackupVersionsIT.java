package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.PostgresServer;

/** Servers of every supported major version, and the client chosen for each. */
class BackupVersionsIT {
    @TempDir
    private Path folder = Path.of("");

    static Stream<Integer> majors() {
        return PostgresServer.majors().stream().filter(major -> major >= 13);
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("majors")
    void backsUpWithTheNearestClient(int major) throws Exception {
        ClientBinaries.Client client = ClientBinaries.assumeClientFor(major);
        Place place = Place.ofNotes(PostgresServer.shared(major));
        JarProcess backup = place.once()
                .environment("POSTGRES_BIN_DIRS", ClientBinaries.searchPath(ClientBinaries.all()))
                .run();
        assertThat(backup.awaitExit()).as(backup.log()).isZero();
        assertThat(place.manifest().clientVersion()).startsWith(client.major() + ".");
        assertThat(place.manifest().source().serverVersion()).startsWith(major + ".");
        assertThat(place.manifest().rows()).isEqualTo(10);
        assertThat(place.dump()).contains("PostgreSQL database dump complete");
    }

    @Test
    void namesBothVersionsWhenEveryClientIsTooOld() throws Exception {
        List<Integer> majors = PostgresServer.majors();
        int newest = majors.get(majors.size() - 1);
        String fake = FakePgDump.in(folder, newest - 1, "exit 0");
        Place place = Place.of(PostgresServer.shared(newest).freshDatabase());
        JarProcess backup = place.once().environment("POSTGRES_BIN_DIRS", fake).run();
        Assumptions.assumeTrue(backup.awaitExit() != 0, () -> "A client for " + newest + " is installed");
        assertThat(backup.awaitExit()).isEqualTo(2);
        assertThat(backup.stderr())
                .contains("No pg_dump for a PostgreSQL " + newest + ".")
                .contains((newest - 1) + ".99 in " + fake, "install postgresql-client-" + newest);
        assertThat(place.keys()).isEmpty();
    }
}

package org.pgproof.verify;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/**
 * Databases as mappers, migrations and people make them are proven, though none has been through a dump before: the
 * scripts in {@code mappers}. {@code -Dpgproof.mappers.majors=13,18} chooses servers, {@code all} takes every one, and
 * {@code -Dpgproof.mappers.scripts=rails,django} chooses scripts.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class MappersIT {
    private static final String SCRIPTS = "hibernate,django,rails,prisma,migrations,supabase,timeseries,eventsourcing,"
            + "tenants,search,inheritance,handwritten";

    static Stream<Arguments> cases() {
        return majors().stream()
                .flatMap(major -> words("pgproof.mappers.scripts", SCRIPTS).map(script -> Arguments.of(script, major)));
    }

    @ParameterizedTest(name = "{0}, PostgreSQL {1}")
    @MethodSource("cases")
    void provesADatabaseThatWasNeverDumpedBefore(String script, int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        new RoundTrip()
                .backUp(create(script, PostgresServer.shared(major)).url())
                .passes(PostgresServer.shared(major));
    }

    private static Database create(String script, PostgresServer server)
            throws IOException, InterruptedException, SQLException {
        Database database = server.freshDatabase();
        FeatureDatabase.run(database, Corpus.resource("mappers/" + script + ".sql"));
        return database;
    }

    private static List<Integer> majors() {
        String chosen = System.getProperty("pgproof.mappers.majors", "15");
        return chosen.equals("all")
                ? PostgresServer.majors()
                : words("pgproof.mappers.majors", chosen).map(Integer::valueOf).toList();
    }

    private static Stream<String> words(String property, String standard) {
        return Arrays.stream(System.getProperty(property, standard).split(",", -1));
    }
}

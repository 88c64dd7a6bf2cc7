package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/**
 * Definitions that no dump has been through are proven, all of them, and none may be changed. {@code
 * -Dpgproof.definitions.count=5000} makes more of them, {@code -Dpgproof.definitions.servers=13,13-18,18} on other servers
 * or from one to another, {@code -Dpgproof.definitions.damages=200} damages more, {@code -Dpgproof.definitions.seed=…}
 * does the same again.
 */
@Order(1)
@Execution(ExecutionMode.CONCURRENT)
class GeneratedDefinitionsIT {
    private static final int COUNT = Integer.getInteger("pgproof.definitions.count", 250);
    private static final int DAMAGES = Integer.getInteger("pgproof.definitions.damages", 6);
    private static final long SEED = Long.getLong("pgproof.definitions.seed", new Random().nextLong());

    /** How many lie in one database. */
    private static final int AT_ONCE = 1500;

    private static final int TO_BE_DAMAGED = 40;

    static Stream<String> servers() {
        return Arrays.stream(
                System.getProperty("pgproof.definitions.servers", "15").split(","));
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("servers")
    void noneIsTakenForAnother(String servers) throws Exception {
        PostgresServer from = server(servers.replaceFirst("-.*", ""));
        PostgresServer to = server(servers.replaceFirst(".*-", ""));
        Random random = random(servers);
        for (int left = COUNT; left > 0; left -= AT_ONCE) {
            Database database = from.freshDatabase();
            int taken = create(database, random, Math.min(left, AT_ONCE));
            System.out.printf("%d definitions on PostgreSQL %s%n", taken, servers);
            assertThat(taken).isGreaterThan(Math.min(left, AT_ONCE) / 2);
            new RoundTrip().backUp(database.url()).passes(to);
        }
    }

    @ParameterizedTest(name = "PostgreSQL {0}")
    @MethodSource("servers")
    void noneMayBeChanged(String servers) throws Exception {
        PostgresServer from = server(servers.replaceFirst("-.*", ""));
        PostgresServer to = server(servers.replaceFirst(".*-", ""));
        Random random = random(servers);
        Database database = from.freshDatabase();
        create(database, random, TO_BE_DAMAGED);
        BackupFiles backup = Corpus.backUp(database, S3Server.shared());
        BackupKey key = BackupKey.parse(backup.parsedManifest().key()).orElseThrow();
        try (DamageRun run = new DamageRun(to, S3Server.shared(), key)) {
            ExpressionDamage damages = new ExpressionDamage(backup, random);
            for (int i = 0; i < DAMAGES; i++) {
                run.add(damages.next());
            }
            run.allFail();
        }
    }

    private static PostgresServer server(String major) {
        ClientBinaries.assumeClientFor(Integer.parseInt(major));
        return PostgresServer.shared(Integer.parseInt(major));
    }

    private static Random random(String servers) {
        System.out.printf("Seed %d on %s: repeat with -Dpgproof.definitions.seed=%d%n", SEED, servers, SEED);
        return new Random(SEED);
    }

    /** Returns how many the server took. */
    private static int create(Database database, Random random, int count) throws SQLException {
        database.execute(GeneratedDefinitions.BEGINNING);
        GeneratedDefinitions definitions = new GeneratedDefinitions(random);
        int taken = 0;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (int i = 0; i < count; i++) {
                taken += takes(statement, definitions.definition(i)) ? 1 : 0;
            }
        }
        return taken;
    }

    private static boolean takes(Statement statement, String definition) {
        try {
            statement.execute(definition);
            return true;
        } catch (SQLException e) {
            return false; // an index wants what is immutable, a partition key what is no constant
        }
    }
}

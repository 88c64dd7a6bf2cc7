package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pgproof.dump.DumpProblems;
import org.pgproof.dump.DumpScanner;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;

/** No statement is refused that a pg_dump of this machine writes, whatever it is asked for. */
class WrittenStatementsIT {
    private static final List<List<String>> OPTIONS = List.of(
            List.of(),
            List.of("--clean", "--if-exists"),
            List.of("--clean", "--no-owner", "--no-privileges"),
            List.of("--inserts", "--use-set-session-authorization"),
            List.of("--column-inserts", "--on-conflict-do-nothing", "--rows-per-insert=7"),
            List.of("--quote-all-identifiers", "--disable-dollar-quoting"),
            List.of("--data-only", "--disable-triggers"),
            List.of("--section=pre-data", "--section=post-data"),
            List.of("--section=data", "--load-via-partition-root"));

    private static final String FURTHER = """
            CREATE TABLE labelled (a integer PRIMARY KEY, b text);
            COMMENT ON COLUMN labelled.b IS 'it''s; DROP DATABASE x;';
            COMMENT ON CONSTRAINT labelled_pkey ON labelled IS 'key';
            ALTER TABLE labelled CLUSTER ON labelled_pkey, REPLICA IDENTITY USING INDEX labelled_pkey;
            ALTER TABLE labelled ALTER COLUMN b SET STATISTICS 17, ALTER COLUMN b SET STORAGE EXTERNAL, ALTER COLUMN b SET (n_distinct = 5);
            CREATE EXTENSION IF NOT EXISTS hstore;
            CREATE FUNCTION depending() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
            ALTER FUNCTION depending() DEPENDS ON EXTENSION hstore;
            CREATE TRIGGER depends BEFORE INSERT ON labelled FOR EACH ROW EXECUTE FUNCTION depending();
            ALTER TRIGGER depends ON labelled DEPENDS ON EXTENSION hstore;
            ALTER TABLE labelled ENABLE ALWAYS TRIGGER depends;
            CREATE ROLE "WRITTEN; role" LOGIN;
            GRANT SELECT (a), UPDATE (b) ON labelled TO "WRITTEN; role" WITH GRANT OPTION;
            REVOKE ALL ON FUNCTION depending() FROM PUBLIC;
            GRANT USAGE ON LANGUAGE plpgsql TO "WRITTEN; role";
            ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO "WRITTEN; role";
            ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO "WRITTEN; role";
            ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
            DO $$ DECLARE o oid := lo_from_bytea(0, '\\x00ff'); BEGIN
                EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO "WRITTEN; role"', o);
                EXECUTE format('COMMENT ON LARGE OBJECT %s IS ''x''', o);
            END $$;
            CREATE EXTENSION IF NOT EXISTS postgres_fdw;
            GRANT USAGE ON FOREIGN DATA WRAPPER postgres_fdw TO "WRITTEN; role";
            CREATE SERVER written FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'x');
            GRANT USAGE ON FOREIGN SERVER written TO "WRITTEN; role";
            CREATE FOREIGN TABLE far (a integer OPTIONS (column_name 'b')) SERVER written;
            ALTER FOREIGN TABLE far ALTER COLUMN a SET STATISTICS 5;
            CREATE USER MAPPING FOR "WRITTEN; role" SERVER written OPTIONS (user 'x', password 'y');
            CREATE DEFAULT CONVERSION of_mine FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
            CREATE PUBLICATION written FOR TABLE labelled;
            CREATE SUBSCRIPTION written CONNECTION 'host=192.0.2.1' PUBLICATION p WITH (connect = false, slot_name = NONE);
            CREATE FUNCTION fires() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END';
            CREATE EVENT TRIGGER written ON sql_drop EXECUTE FUNCTION fires();
            ALTER EVENT TRIGGER written ENABLE REPLICA;
            """;

    static List<Integer> majors() {
        return PostgresServer.majors();
    }

    @ParameterizedTest
    @MethodSource("majors")
    void allAreKnown(int major) throws Exception {
        ClientBinaries.assumeClientFor(major);
        try (PostgresServer server = PostgresServer.start(major)) {
            Database database = FeatureDatabase.create(server);
            FeatureDatabase.run(database, FURTHER);
            for (ClientBinaries.Client client : ClientBinaries.all()) {
                if (client.major() >= major) {
                    for (List<String> options : options(client)) {
                        assertThat(problems(client, options, database))
                                .as("pg_dump %d of a server %d with %s", client.major(), major, options)
                                .isEmpty();
                    }
                }
            }
        }
    }

    private static List<List<String>> options(ClientBinaries.Client client) {
        return client.major() < 18
                ? OPTIONS
                : Stream.concat(OPTIONS.stream(), Stream.of(List.of("--statistics"), List.of("--statistics-only")))
                        .toList();
    }

    private static List<String> problems(ClientBinaries.Client client, List<String> options, Database database)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(client.pgDump().toString(), "--dbname=" + database.url()));
        command.addAll(options);
        Process pgDump = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        DumpProblems problems = new DumpProblems();
        DumpScanner scanner = new DumpScanner(problems);
        try (InputStream dump = pgDump.getInputStream()) {
            byte[] chunk = new byte[1 << 16];
            for (int read = dump.read(chunk); read >= 0; read = dump.read(chunk)) {
                scanner.write(chunk, 0, read);
            }
        }
        scanner.end();
        assertThat(pgDump.waitFor()).as(command.toString()).isZero();
        List<String> found = new ArrayList<>(problems.all());
        scanner.incompleteBecause().ifPresent(found::add);
        return found;
    }
}

package org.pgproof.verify.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pgproof.dump.DumpScanner;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ConnectionSettings;
import org.pgproof.postgres.Queries;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.verify.server.Server;
import org.pgproof.verify.server.Sessions;
import org.pgproof.verify.server.TemporaryPlace;

/** However a dump arrives, in whichever pieces, its rows are loaded. */
class ParallelSessionsIT {
    private static final int MAJOR = 15;

    private static final String DUMP = """
            --
            -- PostgreSQL database dump
            --

            SET client_encoding = 'UTF8';

            --
            -- Name: t; Type: TABLE; Schema: public; Owner: -
            --

            CREATE TABLE public.t (a text);

            --
            -- Data for Name: t; Type: TABLE DATA; Schema: public; Owner: -
            --

            COPY public.t (a) FROM stdin;
            \\\\.
            one
            \\\\

            \\N
            \\.


            --
            -- Data for Name: t; Type: TABLE DATA; Schema: public; Owner: -
            --

            COPY public.t (a) FROM stdin;
            \\.


            --
            -- PostgreSQL database dump complete
            --

            """;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64, 100_000})
    void loadsRowsThatArriveInPieces(int size) throws Exception {
        ClientBinaries.Client client = ClientBinaries.assumeClientFor(MAJOR);
        PostgresServer postgres = PostgresServer.shared(MAJOR);
        ClientTools tools = new ClientTools(List.of(client.folder()));
        try (Server server = Server.connect(ConnectionSettings.ofUri(postgres.url("postgres"), Map.of()));
                TemporaryPlace place = TemporaryPlace.create(server, Optional.empty(), Clock.systemUTC())) {
            load(new Sessions(tools.forServer("psql", server.version()), place.database(), 2), size);
            try (Connection connection = place.database().open()) {
                assertThat(Queries.texts(connection, "SELECT coalesce(a, 'NULL') FROM t"))
                        .containsExactlyInAnyOrder("\\.", "one", "\\", "", "NULL");
            }
        }
    }

    private static void load(Sessions psql, int size) throws Exception {
        AfterRows nothing = new AfterRows() {
            @Override
            public void loaded() {}

            @Override
            public void mayChange() {}
        };
        byte[] dump = DUMP.getBytes(StandardCharsets.UTF_8);
        try (ParallelSessions sessions = new ParallelSessions(psql, "", nothing)) {
            DumpScanner scanner = new DumpScanner(sessions.listener(), false);
            for (int from = 0; from < dump.length; from += size) {
                byte[] chunk = Arrays.copyOfRange(dump, from, Math.min(dump.length, from + size));
                scanner.write(chunk, 0, chunk.length);
                sessions.write(chunk, chunk.length, scanner.boundary());
            }
            scanner.end();
            assertThat(sessions.finish()).isEmpty();
        }
    }
}

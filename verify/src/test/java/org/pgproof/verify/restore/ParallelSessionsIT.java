package org.pgproof.verify.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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

    /** The first index is not done before the test allows it, so that all others wait. */
    private static final String INDEXES = """
            --
            -- PostgreSQL database dump
            --

            --
            -- Name: held(text); Type: FUNCTION; Schema: public; Owner: -
            --

            CREATE FUNCTION public.held(a text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
            $$ BEGIN PERFORM pg_catalog.pg_advisory_xact_lock_shared(1); RETURN a; END $$;

            --
            -- Name: small; Type: TABLE; Schema: public; Owner: -
            --

            CREATE TABLE public.small (a text);

            --
            -- Name: large; Type: TABLE; Schema: public; Owner: -
            --

            CREATE TABLE public.large (id integer, a integer[]);

            --
            -- Data for Name: small; Type: TABLE DATA; Schema: public; Owner: -
            --

            COPY public.small (a) FROM stdin;
            one
            \\.


            --
            -- Data for Name: large; Type: TABLE DATA; Schema: public; Owner: -
            --

            COPY public.large (id, a) FROM stdin;
            ROWS\\.


            --
            -- Name: held_small; Type: INDEX; Schema: public; Owner: -
            --

            CREATE INDEX held_small ON public.small USING btree (public.held(a));

            --
            -- Name: short; Type: INDEX; Schema: public; Owner: -
            --

            CREATE INDEX short ON public.small USING btree (a);

            --
            -- Name: long; Type: INDEX; Schema: public; Owner: -
            --

            CREATE INDEX long ON public.large USING btree (a);

            --
            -- Name: longest; Type: INDEX; Schema: public; Owner: -
            --

            CREATE INDEX longest ON public.large USING gin (a);

            --
            -- Name: large key_alone; Type: CONSTRAINT; Schema: public; Owner: -
            --

            ALTER TABLE ONLY public.large
                ADD CONSTRAINT key_alone UNIQUE (id);

            --
            -- PostgreSQL database dump complete
            --

            """.replace(
                    "ROWS",
                    IntStream.range(0, 60_000)
                            .mapToObj(id -> id + "\t{100001,100002,100003}\n")
                            .collect(Collectors.joining()));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 11, 64, 100_000})
    void loadsRowsThatArriveInPieces(int size) throws Exception {
        try (Server server = server();
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC())) {
            load(DUMP, sessions(server, place, 2), size, () -> {});
            try (Connection connection = place.database().open()) {
                assertThat(Queries.texts(connection, "SELECT coalesce(a, 'NULL') FROM public.t"))
                        .containsExactlyInAnyOrder("\\.", "one", "\\", "", "NULL");
            }
        }
    }

    @Test
    void beginsWithWhatTakesLong() throws Exception {
        try (Server server = server();
                TemporaryPlace place =
                        TemporaryPlace.create(server, Optional.empty(), Optional.empty(), Clock.systemUTC());
                Connection connection = place.database().open()) {
            assertThat(Queries.texts(connection, "SELECT pg_advisory_lock(1)::text"))
                    .hasSize(1);
            load(
                    INDEXES,
                    sessions(server, place, 1),
                    100_000,
                    () -> assertThat(Queries.texts(connection, "SELECT pg_advisory_unlock(1)::text"))
                            .containsExactly("true"));
            assertThat(Queries.texts(
                            connection,
                            "SELECT relname FROM pg_class WHERE relkind = 'i'"
                                    + " AND relnamespace = 'public'::regnamespace ORDER BY oid"))
                    .containsExactly("held_small", "longest", "long", "key_alone", "short");
        }
    }

    private static Server server() throws Exception {
        ClientBinaries.assumeClientFor(MAJOR);
        return Server.connect(
                ConnectionSettings.ofUri(PostgresServer.shared(MAJOR).url("postgres"), Map.of()));
    }

    private static Sessions sessions(Server server, TemporaryPlace place, int count) throws Exception {
        ClientTools tools =
                new ClientTools(List.of(ClientBinaries.assumeClientFor(MAJOR).folder()));
        return new Sessions(tools.forServer("psql", server.version()), place.database(), count);
    }

    /** What a test does once all of the dump is handed over. */
    @FunctionalInterface
    private interface Then {
        void run() throws Exception;
    }

    private static void load(String text, Sessions psql, int size, Then then) throws Exception {
        AfterRows nothing = new AfterRows() {
            @Override
            public void loaded() {}

            @Override
            public void mayChange() {}
        };
        byte[] dump = text.getBytes(StandardCharsets.UTF_8);
        try (ParallelSessions sessions = new ParallelSessions(psql, "", nothing)) {
            DumpScanner scanner = new DumpScanner(sessions.listener(), false);
            for (int from = 0; from < dump.length; from += size) {
                byte[] chunk = Arrays.copyOfRange(dump, from, Math.min(dump.length, from + size));
                scanner.write(chunk, 0, chunk.length);
                sessions.write(chunk, chunk.length, scanner.boundary());
            }
            scanner.end();
            then.run();
            assertThat(sessions.finish()).isEmpty();
        }
    }
}

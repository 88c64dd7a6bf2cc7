package org.pgproof.verify.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pgproof.dump.RowScanner;
import org.pgproof.dump.sql.ClientEncoding;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.postgres.PgProcess;
import org.pgproof.postgres.ToolFailedException;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Sessions;

/**
 * Reads the rows of many tables on several {@code psql} sessions at once, as the very lines {@code pg_dump} writes:
 * {@code COPY … TO STDOUT} with the dump's columns, encoding and settings.
 */
final class TableReadings {
    private static final int CHUNK = 256 * 1024;
    /** Makes psql write the line that ends the rows, which it does not write by itself. */
    private static final String END_OF_ROWS = "SELECT E'\\\\.';\n";
    /** Tables that a session has been asked for and has not delivered yet. */
    private static final int AHEAD = 32;

    private final Sessions sessions;
    private final ClientEncoding encoding;
    private final String preamble;
    private final List<TableContent> tables;

    /** @param settings session settings under which the dump was made, by name */
    TableReadings(Sessions sessions, Manifest manifest, Map<String, String> settings) {
        this.sessions = sessions;
        this.tables = manifest.tables();
        this.encoding = ClientEncoding.named(manifest.dump().encoding());
        this.preamble = ReadingSettings.statements(manifest, settings);
    }

    /**
     * A table to read.
     *
     * @param place of the table in the manifest
     * @param partitions that hold its rows; null of a table that holds them itself
     */
    record Request(int place, @Nullable List<Part> partitions) {
        private String statements(TableContent table) {
            return partitions == null
                    ? new Part(new RelationName(table.schema(), table.name()), table.columns()).statement()
                    : partitions.stream().map(Part::statement).collect(Collectors.joining());
        }
    }

    /**
     * A table that holds rows.
     *
     * @param columns in the order in which the dump writes them
     */
    record Part(RelationName name, List<String> columns) {
        private String statement() {
            String list = columns.stream().map(RelationName::quote).collect(Collectors.joining(", ", " (", ")"));
            return "COPY " + name.quoted() + (columns.isEmpty() ? "" : list) + " TO STDOUT;\n";
        }
    }

    /**
     * Notes what each table holds.
     *
     * @throws IOException when a session fails; carries what {@code psql} said
     */
    void read(List<Request> requests, TableRows results) throws IOException, InterruptedException {
        Queue<Request> work = new ConcurrentLinkedQueue<>(requests);
        Queue<PgProcess> processes = new ConcurrentLinkedQueue<>();
        ExecutorService pool = Executors.newFixedThreadPool(2 * sessions.atOnce(), task -> {
            Thread thread = new Thread(task, "reading");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<?>> running = Stream.<Callable<Object>>generate(() -> () -> {
                        session(work, results, pool, processes);
                        return results;
                    })
                    .limit(Math.min(sessions.atOnce(), Math.max(1, requests.size())))
                    .<Future<?>>map(pool::submit)
                    .toList();
            for (Future<?> session : running) {
                await(session);
            }
        } finally {
            pool.shutdownNow();
            processes.forEach(PgProcess::close); // a thread that reads from one is deaf to interrupts
        }
    }

    private static void await(Future<?> session) throws IOException, InterruptedException {
        try {
            session.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IOException("tables could not be read: " + e.getCause(), e.getCause());
        }
    }

    private void session(Queue<Request> work, TableRows results, ExecutorService pool, Queue<PgProcess> processes)
            throws IOException, InterruptedException, CouldNotVerifyException {
        BlockingQueue<Request> asked = new ArrayBlockingQueue<>(AHEAD);
        try (PgProcess process = sessions.open()) {
            processes.add(process);
            Future<?> asking = pool.submit(() -> {
                ask(work, asked, process.stdin());
                return asked;
            });
            receive(asked, asking, results, process);
            process.awaitSuccess();
        }
    }

    /** Asks ahead, so that the session never waits for the next question. */
    private void ask(Queue<Request> work, BlockingQueue<Request> asked, OutputStream stdin)
            throws IOException, InterruptedException {
        Charset charset = encoding.charset();
        try (stdin) {
            stdin.write(preamble.getBytes(charset));
            for (Request request = work.poll(); request != null; request = work.poll()) {
                asked.put(request);
                stdin.write((request.statements(tables.get(request.place())) + END_OF_ROWS).getBytes(charset));
                stdin.flush();
            }
        }
    }

    private static void receive(BlockingQueue<Request> asked, Future<?> asking, TableRows results, PgProcess process)
            throws IOException, InterruptedException {
        InputStream stdout = process.stdout();
        RowScanner scanner = new RowScanner(true);
        byte[] chunk = new byte[CHUNK];
        for (int read = stdout.read(chunk); read >= 0; read = stdout.read(chunk)) {
            int taken = 0;
            while (taken < read) {
                taken += scanner.write(chunk, taken, read - taken);
                if (scanner.terminated()) {
                    results.put(asked.take().place(), scanner.rows());
                    scanner.reset();
                }
            }
        }
        if (!asked.isEmpty() || !asking.isDone()) {
            asking.cancel(true);
            int exitCode = process.await();
            throw new ToolFailedException("psql", exitCode, process.stderr());
        }
    }
}

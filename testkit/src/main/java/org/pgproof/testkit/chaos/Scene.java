package org.pgproof.testkit.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.pgproof.testkit.ClientBinaries;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.FaultProxy;
import org.pgproof.testkit.JarCommand;
import org.pgproof.testkit.JarProcess;
import org.pgproof.testkit.Jars;
import org.pgproof.testkit.LocalPostgres;
import org.pgproof.testkit.LocalS3;
import org.pgproof.testkit.ShopDatabase;
import org.pgproof.testkit.WireProxy;

/** The servers of a run, each with a proxy in front of it, and the database that is backed up. */
final class Scene implements AutoCloseable {
    static final int MAJOR = 15;

    private static final String NEIGHBOUR = "neighbour";

    /** Rows of random bytes, so that an upload has several parts. */
    private static final int NOISE = 1500;

    private static final String BANK = """
            CREATE SCHEMA bank;
            CREATE TABLE bank.accounts (id integer PRIMARY KEY, balance integer NOT NULL);
            INSERT INTO bank.accounts SELECT n, 100 FROM generate_series(1, 200) AS n;
            CREATE TYPE bank.state AS ENUM ('open', 'shut');
            CREATE TABLE bank.tills (id integer PRIMARY KEY, state bank.state NOT NULL, note text);
            INSERT INTO bank.tills SELECT n, 'open', 'till ' || n FROM generate_series(1, 200) AS n;
            CREATE TABLE bank.noise (id integer PRIMARY KEY, bytes bytea NOT NULL);
            INSERT INTO bank.noise SELECT n, (SELECT string_agg(decode(md5(n || '.' || m), 'hex'), '') FROM
                generate_series(1, 400) AS m) FROM generate_series(1, %d) AS n;
            CREATE TABLE bank.bystander AS SELECT * FROM bank.accounts;
            """.formatted(NOISE);

    private final LocalPostgres server = LocalPostgres.start(MAJOR, Map.of("max_connections", "40"));
    private final LocalS3 s3 = LocalS3.start();
    private final FaultProxy http = FaultProxy.to(s3.endpoint());
    private final WireProxy wire = WireProxy.to(server.port());
    private final Database database;
    private final ClientBinaries.Client client;
    private final List<JarProcess> companions = new ArrayList<>();
    private final Path folder;
    private String bucket = "";
    private Verifier verifier = Verifier.SUPERUSER;

    Scene() throws SQLException, IOException {
        client = ClientBinaries.forServer(MAJOR)
                .orElseThrow(() -> new IllegalStateException("there is no pg_dump for PostgreSQL " + MAJOR));
        database = ShopDatabase.create(server, "shop");
        database.execute(BANK);
        server.execute("postgres", "CREATE DATABASE " + NEIGHBOUR + " TEMPLATE " + database.name());
        for (Verifier role : Verifier.values()) {
            role.make(server);
        }
        folder = Files.createTempDirectory("chaos");
    }

    LocalPostgres server() {
        return server;
    }

    LocalS3 s3() {
        return s3;
    }

    FaultProxy http() {
        return http;
    }

    WireProxy wire() {
        return wire;
    }

    Database database() {
        return database;
    }

    ClientBinaries.Client client() {
        return client;
    }

    /** A folder for programs that stand in others' places, which is empty but for them. */
    Path folder() {
        return folder;
    }

    String bucket() {
        return bucket;
    }

    /** From now on the jars use this bucket. */
    void use(String name) {
        bucket = name;
    }

    /** From now on backups are verified as this role. */
    void use(Verifier role) {
        verifier = role;
    }

    /** Removes what the bucket holds. */
    void emptyBucket() {
        s3.keys(bucket).forEach(key -> s3.delete(bucket, key));
    }

    /** Returns the process ids of the sessions that services have on the server. */
    List<String> sessions() throws SQLException {
        String ids = server.value(
                "postgres",
                "SELECT coalesce(string_agg(pid::text, ' '), '') FROM pg_stat_activity"
                        + " WHERE backend_type = 'client backend' AND application_name <> 'testkit'");
        return ids.isEmpty() ? List.of() : List.of(ids.split(" ", -1));
    }

    Backups backups() {
        return Backups.in(s3, bucket);
    }

    /** Returns a command that reaches both servers through the proxies. */
    JarCommand disturbed(Service service) {
        return healthy(service)
                .environment("S3_ENDPOINT", http.endpoint().toString())
                .environment("DATABASE_URL", wired(url(service)));
    }

    /** Returns a backup, with the same store and prefix, of another database than the one that is always backed up. */
    JarCommand neighbour() {
        return disturbed(Service.BACKUP).environment("DATABASE_URL", wired(server.url(NEIGHBOUR)));
    }

    private String wired(String url) {
        return url.replace(":" + server.port() + "/", ":" + wire.port() + "/");
    }

    /** Returns a command that reaches both servers directly. */
    JarCommand healthy(Service service) {
        JarCommand jar = service == Service.BACKUP ? Jars.backup() : Jars.verify();
        return jar.environment(s3.environment(bucket))
                .environment("DATABASE_URL", url(service))
                .arguments("--once");
    }

    /** Starts a second process beside the disturbed one; it is judged like that. */
    void join(JarCommand command) {
        companions.add(command.start());
    }

    /** Returns the processes that were started beside the disturbed one, for the last time. */
    List<JarProcess> takeCompanions() {
        List<JarProcess> taken = List.copyOf(companions);
        companions.clear();
        return taken;
    }

    private String url(Service service) {
        return service == Service.BACKUP ? database.url() : verifier.url(server);
    }

    /** Makes whole what the proxies and the server can mend by themselves. */
    void heal() throws SQLException {
        http.heal();
        wire.heal();
        server.resume();
    }

    @Override
    public void close() throws IOException {
        Files.delete(folder);
        wire.close();
        http.close();
        s3.close();
        server.close();
    }
}

package org.pgproof.testkit;

import java.util.List;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A server in a container. */
final class ContainerPostgres implements PostgresServer {
    static final List<Integer> MAJORS = List.of(13, 14, 15, 16, 17, 18);

    private final int major;
    private final PostgreSQLContainer container;

    private ContainerPostgres(int major, PostgreSQLContainer container) {
        this.major = major;
        this.container = container;
    }

    static ContainerPostgres start(int major) {
        PostgreSQLContainer container = new PostgreSQLContainer("postgres:" + major)
                .withUsername("postgres")
                .withPassword("testkit-password")
                .withDatabaseName("postgres")
                .withEnv("TZ", "Asia/Kathmandu")
                .withEnv("POSTGRES_HOST_AUTH_METHOD", "scram-sha-256")
                .withEnv("POSTGRES_INITDB_ARGS", "--auth-host=scram-sha-256 --locale=C.UTF-8 --encoding=UTF8")
                .withCommand(
                        "postgres",
                        "-c",
                        "fsync=off",
                        "-c",
                        "full_page_writes=off",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "max_connections=200",
                        "-c",
                        "max_locks_per_transaction=256",
                        "-c",
                        "timezone=Asia/Kathmandu");
        container.start();
        return new ContainerPostgres(major, container);
    }

    @Override
    public int major() {
        return major;
    }

    @Override
    public String host() {
        return container.getHost();
    }

    @Override
    public int port() {
        return container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT);
    }

    @Override
    public String user() {
        return container.getUsername();
    }

    @Override
    public String password() {
        return container.getPassword();
    }

    @Override
    public void close() {
        container.stop();
    }
}

package org.pgproof.testkit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The servers that all tests of a JVM share. */
final class SharedServers {
    private static final Map<Integer, PostgresServer> POSTGRES = new ConcurrentHashMap<>();
    private static final Map<String, S3Server> S3 = new ConcurrentHashMap<>();

    private SharedServers() {}

    static PostgresServer postgres(int major) {
        return POSTGRES.computeIfAbsent(major, PostgresServer::start);
    }

    static S3Server s3() {
        return S3.computeIfAbsent("s3", name -> S3Server.start());
    }
}

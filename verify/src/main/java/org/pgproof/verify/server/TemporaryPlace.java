package org.pgproof.verify.server;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.Digest;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.Queries;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a backup needs of the server to be restored: an empty database and the roles that it names. Gone when this
 * is closed.
 */
public record TemporaryPlace(
        TemporaryDatabase database, @Nullable DrillRoles roles) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(TemporaryPlace.class);

    /** How {@code pg_dump --schema=public} begins; a new database has that schema already. */
    private static final String CREATE_PUBLIC = Digest.of("CREATE SCHEMA public;".getBytes(StandardCharsets.US_ASCII))
            .toString();

    /**
     * Makes what a backup with this manifest needs.
     *
     * @param requireIsolation whether it must be restored as a role that may do nothing else; empty to warn where it is not
     * @throws CouldNotVerifyException when the server has not all that the backup needs and it cannot be made
     */
    public static TemporaryPlace create(
            Server server, Optional<Manifest> manifest, Optional<Boolean> requireIsolation, Clock clock)
            throws CouldNotVerifyException {
        if (manifest.isPresent()) {
            requireExtensions(server, manifest.get());
        }
        DrillRoles roles =
                manifest.isPresent() ? DrillRoles.create(server, manifest.get().roles()) : null;
        try {
            TemporaryDatabase database = new RoleIsolation(server, manifest, requireIsolation)
                    .create(
                            new DatabaseCreation(server, manifest.map(Manifest::source)),
                            TemporaryName.at(clock.instant()));
            TemporaryPlace place = new TemporaryPlace(database, roles);
            place.makeRoom(manifest);
            log.info("Restoring into temporary database {}", database.name());
            return place;
        } catch (CouldNotVerifyException e) {
            closeRoles(roles);
            throw e;
        }
    }

    /** Drops what verifications that were killed left on the server; a failure is a warning. */
    public static void dropLeftBehind(Server server) throws InterruptedException {
        OrphanedDatabases.drop(server);
        DrillRoles.dropUnused(server);
    }

    private static void requireExtensions(Server server, Manifest manifest) throws CouldNotVerifyException {
        List<String> needed = manifest.objects().stream()
                .filter(object -> object.kind().equals("EXTENSION"))
                .map(SchemaObject::name)
                .toList();
        try {
            List<String> missing = server.missingExtensions(needed);
            if (!missing.isEmpty()) {
                throw new CouldNotVerifyException("the server lacks extensions that the backup uses: "
                        + String.join(", ", missing) + "; install them there, or verify on a server that has them");
            }
            List<String> others = server.extensionsOfOtherVersions(manifest.extensions().stream()
                    .filter(extension -> needed.contains(extension.name()))
                    .toList());
            if (!others.isEmpty()) {
                log.warn("Extensions of another version than the source's: {}", String.join(", ", others));
            }
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the server's extensions cannot be listed", e);
        }
    }

    private void makeRoom(Optional<Manifest> manifest) throws CouldNotVerifyException {
        boolean createsPublic =
                manifest.stream().flatMap(all -> all.objects().stream()).anyMatch(TemporaryPlace::createsPublic);
        if (createsPublic) {
            try (Connection connection = database.open()) {
                Queries.execute(connection, "DROP SCHEMA IF EXISTS public");
            } catch (SQLException e) {
                close();
                throw CouldNotVerifyException.of("the temporary database cannot be prepared", e);
            }
        }
    }

    /** Returns whether this is the statement that creates the schema every new database has. */
    static boolean createsPublic(SchemaObject object) {
        return object.kind().equals("SCHEMA")
                && object.name().equals("public")
                && CREATE_PUBLIC.endsWith(object.digest());
    }

    /** Names the remedy where the role that was made for the backup lacked a right. */
    public CouldNotVerifyException explained(CouldNotVerifyException stop) {
        return database.role() != null && stop.lacksRight()
                ? new CouldNotVerifyException(
                        stop.getMessage() + "; the backup is restored as a role that may do nothing else: to restore it"
                                + " as the role " + database.server().settings().user()
                                + " itself, if you trust whoever owns objects in the database, set"
                                + " VERIFY_REQUIRE_ISOLATION=false",
                        stop)
                : stop;
    }

    @Override
    public void close() {
        database.close();
        closeRoles(roles);
    }

    private static void closeRoles(@Nullable DrillRoles roles) {
        if (roles != null) {
            roles.close();
        }
    }
}

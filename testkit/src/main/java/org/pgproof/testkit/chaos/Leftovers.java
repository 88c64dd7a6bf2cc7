package org.pgproof.testkit.chaos;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/** What a service may leave behind when it is disturbed, and the next healthy run must have cleared away. */
final class Leftovers {
    private Leftovers() {}

    /** Returns the names of the databases that bear a verifier's mark or name. */
    static List<String> temporaryDatabases(Scene scene) throws SQLException {
        return names(
                scene,
                "SELECT string_agg(datname, ',') FROM pg_database"
                        + " WHERE datname LIKE 'verify\\_%' OR datconnlimit NOT IN (-1)");
    }

    /**
     * Checks that nothing is left.
     *
     * @param uploads whether that holds for uploads too: one that could not be aborted stays for a week, as nobody can tell
     *     it from one that is under way
     */
    static void check(Scene scene, Ledger ledger, boolean uploads) throws SQLException {
        none(ledger, "no temporary database is left", temporaryDatabases(scene));
        none(ledger, "no role is left", names(scene, """
                SELECT string_agg(rolname, ',') FROM pg_roles WHERE rolname !~ '^pg_' AND rolname <> 'postgres' AND rolname !~ '^chaos_'
                """));
        none(ledger, "no session is left", names(scene, """
                SELECT string_agg(concat_ws(' ', datname, application_name, state, left(query, 60)), ',')
                FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                    AND application_name <> 'testkit'
                """));
        none(ledger, "no advisory lock is left", names(scene, """
                SELECT string_agg(concat_ws(' ', database, classid, objid, pid), ',') FROM pg_locks WHERE locktype = 'advisory'
                """));
        if (uploads) {
            int open = scene.s3().openUploads(scene.bucket());
            ledger.check("no multipart upload is left", open == 0, open + " uploads");
        }
    }

    private static void none(Ledger ledger, String invariant, List<String> found) {
        ledger.check(invariant, found.isEmpty(), found.toString());
    }

    private static List<String> names(Scene scene, String query) throws SQLException {
        String names = scene.server().value("postgres", "SELECT coalesce((" + query + "), '')");
        return names.isEmpty() ? List.of() : Arrays.asList(names.split(",", -1));
    }
}

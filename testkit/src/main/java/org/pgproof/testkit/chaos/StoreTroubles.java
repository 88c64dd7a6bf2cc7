package org.pgproof.testkit.chaos;

import static org.pgproof.testkit.FaultProxy.request;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.JarProcess;

/** What a store, and what lies on the way to it, does wrong. */
final class StoreTroubles {
    private static final Predicate<String> PART = request("PUT", "partNumber=");
    private static final Predicate<String> COMPLETION = request("POST", "uploadId=");
    private static final Predicate<String> BEGINNING = request("POST", "?uploads");
    private static final Predicate<String> MANIFEST = request("PUT", ".manifest.json");
    private static final Predicate<String> RECEIPT = request("PUT", ".verification.json");
    private static final Predicate<String> SIZE = request("HEAD", ".sql.gz");
    private static final Predicate<String> DELETION = request("DELETE", "postgres-backups/backup_");
    private static final Predicate<String> LIST = request("GET", "list-type=2");
    private static final Predicate<String> READ_DUMP = request("GET", ".sql.gz");
    private static final Predicate<String> READ_MANIFEST = request("GET", ".manifest.json");
    private static final Predicate<String> READ_RECEIPT = request("GET", ".verification.json");

    private StoreTroubles() {}

    /** Troubles that a backup meets, by name. */
    static Map<String, Trouble> ofBackups() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        troubles.put("store busy", few(line -> true, new Fault.Refused(503, "SlowDown")));
        troubles.put("part refused with 500", few(PART, new Fault.Refused(500, "InternalError")));
        troubles.put("part refused with 403", few(PART, new Fault.Refused(403, "AccessDenied")));
        troubles.put("part cut", cut(PART));
        troubles.put("part's answer lost", few(PART, new Fault.ResetInsteadOfAnswer()));
        troubles.put("part's answer replaced by 500", few(PART, new Fault.AnswerLost(500, "InternalError")));
        troubles.put("upload cannot begin", few(BEGINNING, new Fault.Refused(500, "InternalError")));
        troubles.put("upload's beginning lost", few(BEGINNING, new Fault.ResetInsteadOfAnswer()));
        troubles.put("completion refused with 500", few(COMPLETION, new Fault.Refused(500, "InternalError")));
        troubles.put("completion refused with 403", few(COMPLETION, new Fault.Refused(403, "AccessDenied")));
        troubles.put("completion's answer lost", few(COMPLETION, new Fault.ResetInsteadOfAnswer()));
        troubles.put("completion's answer 500", few(COMPLETION, new Fault.AnswerLost(500, "InternalError")));
        troubles.put("dump not visible at first", few(SIZE, new Fault.Refused(404, "NoSuchKey")));
        troubles.put("dump cannot be asked about", always(SIZE, new Fault.Refused(500, "InternalError")));
        troubles.put("completion lost and no answer about it", (Trouble.Before) (scene, random) -> scene.http()
                .fail(COMPLETION, new Fault.ResetInsteadOfAnswer())
                .fail(SIZE, new Fault.Refused(503, "SlowDown")));
        troubles.put("manifest refused", few(MANIFEST, new Fault.Refused(500, "InternalError")));
        troubles.put("manifest forbidden", always(MANIFEST, new Fault.Refused(403, "AccessDenied")));
        troubles.put("manifest's answer lost", few(MANIFEST, new Fault.ResetInsteadOfAnswer()));
        troubles.put("listing refused", few(LIST, new Fault.Refused(500, "InternalError")));
        troubles.put("listing forbidden", always(LIST, new Fault.Refused(403, "AccessDenied")));
        troubles.put("listing cut", (Trouble.Before) (scene, random) ->
                scene.http().fail(LIST, 1 + random.nextInt(3), new Fault.CloseInAnswer(random.nextInt(900))));
        troubles.put("deletion refused", few(DELETION, new Fault.Refused(500, "InternalError")));
        troubles.put("deletion forbidden", always(DELETION, new Fault.Refused(403, "AccessDenied")));
        troubles.put("deletion's answer lost", few(DELETION, new Fault.ResetInsteadOfAnswer()));
        troubles.put("deletion's answer 500", few(DELETION, new Fault.AnswerLost(500, "InternalError")));
        troubles.put("receipt cannot be read", always(READ_RECEIPT, new Fault.Refused(403, "AccessDenied")));
        troubles.put("receipt answered with another 404", always(READ_RECEIPT, new Fault.Refused(404, "NoSuchUpload")));
        troubles.put("manifests cannot be read", always(READ_MANIFEST, new Fault.Refused(500, "InternalError")));
        troubles.put("store restarts", new Restart());
        return troubles;
    }

    /** Troubles that a verification meets, by name. */
    static Map<String, Trouble> ofVerifications() {
        Map<String, Trouble> troubles = new LinkedHashMap<>();
        troubles.put("dump's reading cut", (Trouble.Before) (scene, random) -> scene.http()
                .fail(READ_DUMP, 1 + random.nextInt(4), new Fault.ResetInAnswer(random.nextInt(9_000_000))));
        troubles.put("dump's reading ends early", (Trouble.Before) (scene, random) -> scene.http()
                .fail(READ_DUMP, 1 + random.nextInt(4), new Fault.CloseInAnswer(random.nextInt(9_000_000))));
        troubles.put("dump refused with 500", few(READ_DUMP, new Fault.Refused(500, "InternalError")));
        troubles.put("dump forbidden", always(READ_DUMP, new Fault.Refused(403, "AccessDenied")));
        troubles.put("dump answered with another 404", always(READ_DUMP, new Fault.Refused(404, "NoSuchUpload")));
        troubles.put("dump's key said to be expired", few(READ_DUMP, new Fault.Refused(400, "ExpiredToken")));
        troubles.put("manifest refused with 500", few(READ_MANIFEST, new Fault.Refused(500, "InternalError")));
        troubles.put("manifest forbidden", always(READ_MANIFEST, new Fault.Refused(403, "AccessDenied")));
        troubles.put("manifest cut", (Trouble.Before) (scene, random) ->
                scene.http().fail(READ_MANIFEST, 1 + random.nextInt(4), new Fault.CloseInAnswer(random.nextInt(3000))));
        troubles.put("listing refused", few(LIST, new Fault.Refused(500, "InternalError")));
        troubles.put("listing forbidden", always(LIST, new Fault.Refused(403, "AccessDenied")));
        troubles.put("listing cut", (Trouble.Before) (scene, random) ->
                scene.http().fail(LIST, 1 + random.nextInt(3), new Fault.CloseInAnswer(random.nextInt(900))));
        troubles.put("receipt refused", few(RECEIPT, new Fault.Refused(500, "InternalError")));
        troubles.put("receipt forbidden", always(RECEIPT, new Fault.Refused(403, "AccessDenied")));
        troubles.put("receipt's answer lost", few(RECEIPT, new Fault.ResetInsteadOfAnswer()));
        troubles.put("store busy", few(line -> true, new Fault.Refused(503, "SlowDown")));
        troubles.put("store restarts", new Restart());
        return troubles;
    }

    private static Trouble.Before few(Predicate<String> requests, Fault fault) {
        return (scene, random) -> scene.http().fail(requests, 1 + random.nextInt(5), fault);
    }

    private static Trouble.Before always(Predicate<String> requests, Fault fault) {
        return (scene, random) -> scene.http().fail(requests, fault);
    }

    private static Trouble.Before cut(Predicate<String> requests) {
        return (scene, random) ->
                scene.http().fail(requests, 1 + random.nextInt(4), new Fault.ResetInRequest(random.nextInt(4_000_000)));
    }

    /** The store goes away for some seconds. */
    private static final class Restart implements Trouble {
        @Override
        public void during(Scene scene, Random random, JarProcess process) throws InterruptedException {
            Moments.pass(random.nextInt(3000));
            scene.s3().stop();
            Moments.pass(500 + random.nextInt(2500));
            scene.s3().resume();
        }
    }
}

package org.pgproof.testkit.chaos;

import static org.pgproof.testkit.FaultProxy.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.pgproof.testkit.Fault;
import org.pgproof.testkit.JarProcess;

/** What a store, and what lies on the way to it, does wrong. */
final class StoreTroubles {
    static final Predicate<String> PART = request("PUT", "partNumber=");
    static final Predicate<String> COMPLETION = request("POST", "uploadId=");
    private static final Predicate<String> BEGINNING = request("POST", "?uploads");
    static final Predicate<String> MANIFEST = request("PUT", ".manifest.json");
    static final Predicate<String> RECEIPT = request("PUT", ".verification.json");
    private static final Predicate<String> SIZE = request("HEAD", ".sql.gz");
    static final Predicate<String> DELETION = request("DELETE", "postgres-backups/backup_");
    private static final Predicate<String> LIST = request("GET", "list-type=2");
    static final Predicate<String> READ_DUMP = request("GET", ".sql.gz");
    private static final Predicate<String> READ_MANIFEST = request("GET", ".manifest.json");
    private static final Predicate<String> READ_RECEIPT = request("GET", ".verification.json");

    private static final List<Integer> PAGES = List.of(200, 404, 502);
    private static final int PART_BYTES = 4_000_000;
    private static final int DUMP_BYTES = 13_000_000;
    private static final int MANIFEST_BYTES = 15_000;
    private static final int LISTING_BYTES = 900;
    private static final int RECEIPT_BYTES = 900;

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
        troubles.put("bit flipped in a part", flippedOnce(PART, PART_BYTES));
        troubles.put("bit flipped in a manifest", flippedOnce(MANIFEST, MANIFEST_BYTES));
        troubles.put("listing empty", few(LIST, Fault.Answered.emptyListing()));
        troubles.put("page instead of part", page(PART));
        troubles.put("page instead of upload", page(BEGINNING));
        troubles.put("page instead of completion", page(COMPLETION));
        troubles.put("page instead of manifest", page(MANIFEST));
        troubles.put("page instead of size", page(SIZE));
        troubles.put("page instead of deletion", page(DELETION));
        troubles.put("page instead of listing", page(LIST));
        troubles.put("page instead of what is read", page(READ_MANIFEST.or(READ_RECEIPT)));
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
        troubles.put("bit flipped in a dump", flipped(READ_DUMP, DUMP_BYTES));
        troubles.put("bit flipped in a manifest", flipped(READ_MANIFEST, MANIFEST_BYTES));
        troubles.put("bit flipped in a listing", flipped(LIST, LISTING_BYTES));
        troubles.put("bit flipped in a receipt", flippedOnce(RECEIPT, RECEIPT_BYTES));
        troubles.put("listing empty", few(LIST, Fault.Answered.emptyListing()));
        troubles.put("page instead of dump", page(READ_DUMP));
        troubles.put("page instead of manifest", page(READ_MANIFEST));
        troubles.put("page instead of listing", page(LIST));
        troubles.put("page instead of receipt", page(RECEIPT));
        return troubles;
    }

    /** What a proxy says for people to read, as if it were an answer of the store's. */
    private static Trouble.Before page(Predicate<String> requests) {
        return (scene, random) -> {
            int status = PAGES.get(random.nextInt(PAGES.size()));
            int times = random.nextBoolean() ? 1 + random.nextInt(5) : Integer.MAX_VALUE;
            scene.http().fail(requests, times, Fault.Answered.page(status));
        };
    }

    private static Trouble.Before flippedOnce(Predicate<String> requests, int bytes) {
        return (scene, random) -> scene.http().fail(requests, 1, new Fault.FlippedInRequest(random.nextInt(bytes)));
    }

    /** Another bit in each answer: what flips the same one each time cannot be told from damage in the store. */
    private static Trouble.Before flipped(Predicate<String> requests, int bytes) {
        return (scene, random) -> {
            for (int times = 1 + random.nextInt(3); times > 0; times--) {
                scene.http().fail(requests, 1, new Fault.FlippedInAnswer(random.nextInt(bytes)));
            }
        };
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

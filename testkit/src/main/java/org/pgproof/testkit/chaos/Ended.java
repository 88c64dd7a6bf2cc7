package org.pgproof.testkit.chaos;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a process said and how it ended.
 *
 * @param exit its code
 * @param log all that it printed
 * @param orphans command lines of the programs that it left running
 */
record Ended(Service service, int exit, String log, List<String> orphans) {
    private static final Pattern PUBLISHED = Pattern.compile("INFO: Backup published (backup_\\d{8}_\\d{6})");
    private static final Pattern PRUNED = Pattern.compile("INFO: Pruned (backup_\\d{8}_\\d{6})");
    private static final Pattern VERDICT =
            Pattern.compile("Verification (PASSED|FAILED|RESTORED|COULD NOT VERIFY)[^:]*: (backup_\\d{8}_\\d{6})?");
    private static final Pattern DOUBT = Pattern.compile("may (already )?(be|have been|appear|exist)|unknown whether");

    private static final int SIGNAL = 128;
    private static final Set<Integer> BEFORE_HANDLERS = Set.of(130, 143);

    /** Tells whether it could not say a last word. */
    boolean killed() {
        return exit > SIGNAL;
    }

    /** Tells whether it ended as the JVM does on a signal that comes before anything has begun. */
    boolean stoppedBeforeItBegan() {
        return BEFORE_HANDLERS.contains(exit) && !log.contains("Starting backup") && !log.contains("Restoring into");
    }

    Set<String> published() {
        return all(PUBLISHED);
    }

    Set<String> pruned() {
        return all(PRUNED);
    }

    /** Tells whether the log leaves open if a backup was published. */
    boolean doubts() {
        return DOUBT.matcher(log).find();
    }

    /** Returns the last verdict, or an empty text. */
    String verdict() {
        return lastVerdict(1);
    }

    /** Returns the backup that the last verdict is about, or an empty text. */
    String verified() {
        return lastVerdict(2);
    }

    private String lastVerdict(int group) {
        String last = "";
        for (Matcher verdict = VERDICT.matcher(log); verdict.find(); ) {
            last = verdict.group(group) == null ? "" : verdict.group(group);
        }
        return last;
    }

    /** How it ended, in a few words. */
    String outcome() {
        String what = service == Service.BACKUP ? (published().isEmpty() ? "not published" : "published") : verdict();
        return what + ", exit " + exit;
    }

    private Set<String> all(Pattern pattern) {
        Set<String> keys = new TreeSet<>();
        for (Matcher matcher = pattern.matcher(log); matcher.find(); ) {
            keys.add(matcher.group(1));
        }
        return keys;
    }
}

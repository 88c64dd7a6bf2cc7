package org.pgproof.manifest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.pgproof.postgres.ServerVersion;

/** Compares what a dump defines with what came back, item by item. */
public final class ManifestComparison {
    private static final Versions SAME = new Versions(new ServerVersion(0, 0), new ServerVersion(0, 0));

    private static final Comparator<Identity> ORDER =
            Comparator.comparing(Identity::kind).thenComparing(Identity::schema).thenComparing(Identity::name);
    private static final Comparator<SchemaObject> BY_NAME = Comparator.comparing(Identity::of);

    private ManifestComparison() {}

    /**
     * The differences between two sets of schema objects.
     *
     * @param differences what is missing, unexpected or different, for people; empty when nothing is
     * @param compared number of objects whose definitions were compared
     * @param reworded number of those compared in the form that both sides' major versions share
     * @param unknown objects present on both sides whose definitions differ, where that may be the wording of a major
     *     version that this software does not know
     */
    public record Objects(List<String> differences, int compared, int reworded, List<String> unknown) {}

    /**
     * Who wrote the definitions of one side.
     *
     * @param server version of the server that holds them
     * @param client version of the {@code pg_dump} that read them
     */
    public record Versions(ServerVersion server, ServerVersion client) {
        Wording.Writer writer() {
            return new Wording.Writer(server.major(), client.major());
        }
    }

    /** Compares two readings of one dump. */
    public static Objects objects(List<SchemaObject> expected, List<SchemaObject> found) {
        return objects(expected, SAME, found, SAME);
    }

    /**
     * Compares schema objects as multisets. What two major versions are known to word differently is compared in the
     * form that they share.
     */
    public static Objects objects(
            List<SchemaObject> expected, Versions expectedBy, List<SchemaObject> found, Versions foundBy) {
        List<SchemaObject> unmatched = new ArrayList<>();
        Map<Identity, Deque<SchemaObject>> left = new LinkedHashMap<>();
        setAsideEqual(SortedObjects.of(expected, BY_NAME), SortedObjects.of(found, BY_NAME), unmatched, left);
        List<String> differences = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        boolean known = Wording.isKnown(expectedBy.writer(), foundBy.writer());
        int reworded = 0;
        for (SchemaObject object : unmatched) {
            boolean worded = Wording.differs(object.kind(), expectedBy.writer(), foundBy.writer());
            if (worded && remove(left, object, other -> other.comparableDigest().equals(object.comparableDigest()))) {
                reworded++;
            } else if (!remove(left, object, other -> true)) {
                differences.add("missing: " + object.display());
            } else if (known) {
                differences.add("different: " + object.display());
            } else {
                unknown.add(object.display());
            }
        }
        left.values().forEach(all -> all.forEach(object -> differences.add("unexpected: " + object.display())));
        return new Objects(differences, expected.size() - unknown.size(), reworded, unknown);
    }

    /** Walks through both at once, so that a hundred thousand objects that are equal take no memory. */
    private static void setAsideEqual(
            List<SchemaObject> expected,
            List<SchemaObject> found,
            List<SchemaObject> unmatched,
            Map<Identity, Deque<SchemaObject>> left) {
        int next = 0;
        int other = 0;
        while (next < expected.size()) {
            Identity identity = Identity.of(expected.get(next));
            while (other < found.size() && Identity.of(found.get(other)).compareTo(identity) < 0) {
                add(left, found.get(other++));
            }
            Deque<SchemaObject> namesakes = new ArrayDeque<>();
            while (other < found.size() && Identity.of(found.get(other)).equals(identity)) {
                namesakes.add(found.get(other++));
            }
            while (next < expected.size() && Identity.of(expected.get(next)).equals(identity)) {
                SchemaObject object = expected.get(next++);
                if (!remove(namesakes, candidate -> candidate.digest().equals(object.digest()))) {
                    unmatched.add(object);
                }
            }
            namesakes.forEach(object -> add(left, object));
        }
        while (other < found.size()) {
            add(left, found.get(other++));
        }
    }

    private static void add(Map<Identity, Deque<SchemaObject>> left, SchemaObject object) {
        left.computeIfAbsent(Identity.of(object), key -> new ArrayDeque<>(1)).add(object);
    }

    private static boolean remove(
            Map<Identity, Deque<SchemaObject>> left, SchemaObject like, Predicate<SchemaObject> condition) {
        return remove(left.getOrDefault(Identity.of(like), new ArrayDeque<>(0)), condition);
    }

    private static boolean remove(Deque<SchemaObject> candidates, Predicate<SchemaObject> condition) {
        Optional<SchemaObject> match = candidates.stream().filter(condition).findFirst();
        match.ifPresent(candidates::remove);
        return match.isPresent();
    }

    private record Identity(String kind, String schema, String name) implements Comparable<Identity> {
        static Identity of(SchemaObject object) {
            return new Identity(object.kind(), object.schema(), Wording.commonName(object.name()));
        }

        @Override
        public int compareTo(Identity other) {
            return ORDER.compare(this, other);
        }
    }

    /** Returns the first few of a long list in one line: {@code a; b; c and 7 more}. */
    public static String shortened(List<String> items) {
        int shown = 10;
        String first = String.join("; ", items.subList(0, Math.min(shown, items.size())));
        return items.size() <= shown ? first : first + " and " + (items.size() - shown) + " more";
    }
}

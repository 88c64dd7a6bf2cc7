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
import org.pgproof.definition.SchemaObject;
import org.pgproof.definition.Wording;
import org.pgproof.manifest.contents.SortedObjects;
import org.pgproof.postgres.ServerVersion;

/** Compares what a dump defines with what came back, item by item. */
public final class ManifestComparison {
    private static final Versions SAME = new Versions(new ServerVersion(0, 0), new ServerVersion(0, 0));

    /** The kind of object that may change others after their statements: it runs code at the statements that follow. */
    private static final String CHANGES_OTHERS = "EVENT TRIGGER";

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
     * @param unlike objects present on both sides, whose statements are proven, and which the server words in a way that
     *     this software does not know
     */
    public record Objects(
            List<String> differences, int compared, int reworded, List<String> unknown, List<String> unlike) {}

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
     * Compares schema objects as multisets. What a server prints in another form once it has read it, and what two major
     * versions are known to word differently, is compared in the form that both sides share.
     *
     * @param expected with their {@linkplain DumpContents#toCompare printings} only where each statement is proven to be
     *     the one that was dumped: without, a definition that cannot be matched is a different one
     */
    public static Objects objects(
            List<SchemaObject> expected, Versions expectedBy, List<SchemaObject> found, Versions foundBy) {
        List<SchemaObject> unmatched = new ArrayList<>();
        Map<Identity, Deque<SchemaObject>> left = new LinkedHashMap<>();
        setAsideEqual(SortedObjects.of(expected, BY_NAME), SortedObjects.of(found, BY_NAME), unmatched, left);
        Differences result = new Differences(
                Wording.isKnown(expectedBy.writer(), foundBy.writer()),
                expected.stream().anyMatch(object -> object.kind().equals(CHANGES_OTHERS)));
        unmatched.removeIf(object -> remove(left, object, object::isPrintedAs).isPresent());
        for (SchemaObject object : unmatched) {
            boolean worded = Wording.differs(object.kind(), expectedBy.writer(), foundBy.writer());
            if (worded && remove(left, object, object::isWordedAs).isPresent()) {
                result.reworded++;
            } else {
                result.add(object, remove(left, object, other -> true));
            }
        }
        left.values().forEach(all -> all.forEach(result::unexpected));
        return result.of(expected.size());
    }

    /** Collects what is not the same. */
    private static final class Differences {
        private final boolean known;
        private final boolean changed;
        private final List<String> differences = new ArrayList<>();
        private final List<String> unknown = new ArrayList<>();
        private final List<String> unlike = new ArrayList<>();
        private int reworded;

        /**
         * @param known whether all differences between the two writers are known
         * @param changed whether something may have changed definitions after their statements
         */
        Differences(boolean known, boolean changed) {
            this.known = known;
            this.changed = changed;
        }

        void add(SchemaObject object, Optional<SchemaObject> found) {
            if (found.isEmpty()) {
                differences.add("missing: " + object.display());
            } else if (!known) {
                unknown.add(object.display());
            } else if (object.mayBePrintedAs(found.get(), changed)) {
                unlike.add(object.display());
            } else {
                differences.add("different: " + object.display());
            }
        }

        void unexpected(SchemaObject object) {
            differences.add("unexpected: " + object.display());
        }

        Objects of(int all) {
            return new Objects(differences, all - unknown.size() - unlike.size(), reworded, unknown, unlike);
        }
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
                if (remove(namesakes, candidate -> candidate.digest().equals(object.digest()))
                        .isEmpty()) {
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

    private static Optional<SchemaObject> remove(
            Map<Identity, Deque<SchemaObject>> left, SchemaObject like, Predicate<SchemaObject> condition) {
        return remove(left.getOrDefault(Identity.of(like), new ArrayDeque<>(0)), condition);
    }

    private static Optional<SchemaObject> remove(Deque<SchemaObject> candidates, Predicate<SchemaObject> condition) {
        Optional<SchemaObject> match = candidates.stream().filter(condition).findFirst();
        match.ifPresent(candidates::remove);
        return match;
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

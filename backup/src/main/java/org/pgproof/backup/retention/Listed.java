package org.pgproof.backup.retention;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.pgproof.store.BackupKey;
import org.pgproof.store.ObjectKind;
import org.pgproof.store.StoredObject;

/** What a listing of the store showed, by kind and key. */
final class Listed {
    private final Map<ObjectKind, Map<BackupKey, StoredObject>> objects = new EnumMap<>(ObjectKind.class);

    Listed(List<StoredObject> found) {
        for (ObjectKind kind : ObjectKind.values()) {
            objects.put(kind, new TreeMap<>());
        }
        found.forEach(object -> all(object.kind()).put(object.key(), object));
    }

    Optional<StoredObject> find(BackupKey key, ObjectKind kind) {
        return Optional.ofNullable(all(kind).get(key));
    }

    /** All dumps, as retention sees them. */
    List<Retention.Candidate> dumps() {
        Map<BackupKey, StoredObject> manifests = all(ObjectKind.MANIFEST);
        return all(ObjectKind.DUMP).values().stream()
                .map(dump -> new Retention.Candidate(dump.key(), dump.made(), manifests.containsKey(dump.key())))
                .toList();
    }

    /** Companions beside which no dump lies, oldest first. */
    List<StoredObject> strays() {
        Map<BackupKey, StoredObject> dumps = all(ObjectKind.DUMP);
        List<StoredObject> strays = new ArrayList<>();
        for (ObjectKind kind : List.of(ObjectKind.MANIFEST, ObjectKind.RECEIPT)) {
            all(kind).values().stream()
                    .filter(companion -> !dumps.containsKey(companion.key()))
                    .forEach(strays::add);
        }
        return strays;
    }

    private Map<BackupKey, StoredObject> all(ObjectKind kind) {
        return objects.computeIfAbsent(kind, none -> new TreeMap<>());
    }
}

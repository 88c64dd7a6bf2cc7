package org.pgproof.verify;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes entries out of a dump, and the manifest is forged. Of those that the rest restores without, several are taken at
 * once, and each must be named.
 */
final class EntryDamage {
    /** Kinds of entries that no other entry needs. */
    private static final Set<String> LEAVES = Set.of(
            "AGGREGATE",
            "COLLATION",
            "COMMENT",
            "DEFAULT",
            "FK CONSTRAINT",
            "INDEX ATTACH",
            "MATERIALIZED VIEW DATA",
            "OPERATOR",
            "POLICY",
            "PROCEDURE",
            "PUBLICATION TABLE",
            "ROW SECURITY",
            "RULE",
            "SEQUENCE SET",
            "STATISTICS",
            "TABLE DATA",
            "TRIGGER",
            "VIEW");

    /** Kinds that some entries need; of other such kinds one entry stands for all, as the restore stops without it. */
    private static final Set<String> EACH = Set.of("CONSTRAINT", "INDEX", "TABLE DATA", "COMMENT");

    private final BackupFiles backup;
    private final DumpText text;

    EntryDamage(BackupFiles backup) {
        this.backup = backup;
        this.text = DumpText.of(backup.sql());
    }

    List<Damage> all() {
        List<DumpText.Entry> leaves = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        List<Damage> all = new ArrayList<>();
        for (DumpText.Entry entry : text.entries()) {
            if (isALeaf(entry)) {
                leaves.add(entry);
            } else if (!isEmptyTable(entry) && (EACH.contains(entry.kind()) || seen.add(entry.kind()))) {
                all.add(without(List.of(entry), List.of()));
            }
        }
        for (int i = 0; i < leaves.size(); i += Damage.AT_ONCE) {
            List<DumpText.Entry> gone = leaves.subList(i, Math.min(i + Damage.AT_ONCE, leaves.size()));
            all.add(without(gone, gone.stream().map(DumpText.Entry::name).toList()));
        }
        return all;
    }

    private Damage without(List<DumpText.Entry> gone, List<String> named) {
        return new Damage("without " + gone, backup.forged(text.without(gone)), named, true);
    }

    private static boolean isALeaf(DumpText.Entry entry) {
        return LEAVES.contains(entry.kind())
                && !isEmptyTable(entry)
                && !entry.name().equals("accounts") // its rows are referred to
                && !entry.name().startsWith("LARGE OBJECT");
    }

    /** No rows are no damage. */
    private static boolean isEmptyTable(DumpText.Entry entry) {
        return entry.isData() && entry.name().equals("nothing_yet");
    }
}

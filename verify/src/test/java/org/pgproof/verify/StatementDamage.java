package org.pgproof.verify;

import java.util.List;
import java.util.Random;

/** Damages one entry of a dump, by chance: it is gone, there twice, holds another's text, or one character is another. */
final class StatementDamage {
    private static final int TRIES = 1000;

    private final BackupFiles backup;
    private final DumpText dump;
    private final List<DumpText.Entry> entries;
    private final Random random;

    /** Entries whose loss or doubling changes nothing, such as no rows of an empty table, are left alone. */
    StatementDamage(BackupFiles backup, Random random) {
        this.backup = backup;
        this.dump = DumpText.of(backup.sql());
        this.random = random;
        this.entries = dump.entries().stream()
                .filter(entry -> !entry.isData() || !dump.rows(entry).isEmpty())
                .filter(entry -> !entry.kind().startsWith("BLOB"))
                .toList();
    }

    Damage next() {
        DumpText.Entry entry = entries.get(random.nextInt(entries.size()));
        return switch (random.nextInt(5)) {
            case 0 -> damaged(entry + " gone", dump.without(entry));
            case 1 ->
                damaged(entry + " twice", dump.splice(entry.end(), entry.end(), text(entry.start(), entry.end())));
            case 2 -> swapped(entry, entries.get(random.nextInt(entries.size())));
            default -> otherCharacter(entry);
        };
    }

    /** Rows of two tables that come in another order are the same rows, and no damage. */
    private Damage swapped(DumpText.Entry one, DumpText.Entry other) {
        DumpText.Entry first = one.start() < other.start() ? one : other;
        DumpText.Entry second = first.equals(one) ? other : one;
        boolean same = text(first.body(), first.end()).equals(text(second.body(), second.end()));
        if (same || (first.isData() && second.isData())) {
            return otherCharacter(first);
        }
        return damaged(
                "the texts of " + first + " and " + second + " swapped",
                DumpText.bytes(text(0, first.body())
                        + text(second.body(), second.end())
                        + text(first.end(), second.body())
                        + text(first.body(), first.end())
                        + text(second.end(), dump.text().length())));
    }

    /** Letters and digits that no comment and no SET holds: each says something. */
    private Damage otherCharacter(DumpText.Entry entry) {
        for (int i = 0; i < TRIES; i++) {
            int at = entry.body() + random.nextInt(entry.end() - entry.body());
            char old = dump.text().charAt(at);
            String line = text(dump.text().lastIndexOf('\n', at) + 1, at + 1);
            if (isPlain(old) && !line.startsWith("SET ") && !line.startsWith("--")) {
                char other = Character.isDigit(old)
                        ? (char) ('0' + (old - '0' + 1 + random.nextInt(9)) % 10)
                        : (char) ('a' + (Character.toLowerCase(old) - 'a' + 1 + random.nextInt(25)) % 26);
                return damaged(
                        entry + " with " + other + " as character " + (at - entry.body()) + " instead of " + old,
                        dump.splice(at, at + 1, String.valueOf(other)));
            }
        }
        return damaged(entry + " gone", dump.without(entry));
    }

    private static boolean isPlain(char character) {
        return character < 0x80 && Character.isLetterOrDigit(character);
    }

    private String text(int from, int to) {
        return dump.text().substring(from, to);
    }

    private Damage damaged(String how, byte[] sql) {
        return new Damage(how, backup.forged(sql), "", false);
    }
}

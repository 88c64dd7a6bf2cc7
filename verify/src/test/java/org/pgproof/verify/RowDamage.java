package org.pgproof.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Damages one row of a backup, by chance; whatever comes out is another set of rows, and the manifest is forged. */
final class RowDamage {
    private final BackupFiles backup;
    private final DumpText dump;
    private final List<DumpText.Entry> tables;
    private final Random random;

    RowDamage(BackupFiles backup, Random random) {
        this.backup = backup;
        this.dump = DumpText.of(backup.sql());
        this.random = random;
        this.tables = dump.entries().stream()
                .filter(entry -> entry.isData() && !dump.rows(entry).isEmpty())
                .toList();
    }

    Damage next() {
        DumpText.Entry table = one(tables);
        List<String> rows = new ArrayList<>(dump.rows(table));
        int row = random.nextInt(rows.size());
        return switch (random.nextInt(8)) {
            case 0 -> {
                rows.remove(row);
                yield damaged("row " + row + " removed", table, rows);
            }
            case 1 -> {
                rows.add(random.nextInt(rows.size() + 1), rows.get(row));
                yield damaged("row " + row + " duplicated", table, rows);
            }
            case 2 -> {
                rows.set(row, rows.get((row + 1) % rows.size()));
                yield rows.size() == 1
                        ? damaged("emptied", table, List.of())
                        : damaged("row " + row + " replaced by the next", table, rows);
            }
            case 3 -> moved(table, rows, row);
            case 4 -> damaged("field emptied", table, withField(rows, row, ""));
            case 5 -> damaged("field made NULL", table, withField(rows, row, "\\N"));
            case 6 -> {
                int cut = random.nextInt(rows.size());
                yield damaged("cut off before row " + cut, table, rows.subList(0, cut));
            }
            default -> digit(table, rows, row);
        };
    }

    private Damage moved(DumpText.Entry from, List<String> rows, int row) {
        DumpText.Entry to = one(tables);
        if (to.equals(from)) {
            Collections.swap(rows, row, 0);
            rows.remove(0);
            return damaged("row " + row + " removed", from, rows);
        }
        List<String> others = new ArrayList<>(dump.rows(to));
        others.add(rows.remove(row));
        return new Damage(
                from.name() + " row " + row + " moved to " + to.name(),
                backup.forged(dump.withRows(from, rows, to, others)),
                "",
                true);
    }

    private List<String> withField(List<String> rows, int row, String value) {
        String[] fields = rows.get(row).split("\t", -1);
        int field = random.nextInt(fields.length);
        fields[field] = fields[field].equals(value) ? "7" : value;
        rows.set(row, String.join("\t", fields));
        return rows;
    }

    /** Every row of the corpus has a digit in it. */
    private Damage digit(DumpText.Entry table, List<String> rows, int row) {
        StringBuilder text = new StringBuilder(rows.get(row));
        List<Integer> digits = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                digits.add(i);
            }
        }
        int at = one(digits);
        char other = (char) ('0' + (text.charAt(at) - '0' + 1 + random.nextInt(9)) % 10);
        text.setCharAt(at, other);
        String how = "row " + row + " with " + other + " as character " + at;
        rows.set(row, text.toString());
        return damaged(how, table, rows);
    }

    private Damage damaged(String how, DumpText.Entry table, List<String> rows) {
        return new Damage(table.name() + ": " + how, backup.forged(dump.withRows(table, rows)), table.name(), true);
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }
}

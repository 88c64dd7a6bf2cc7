package org.pgproof.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Damages the definitions of a backup: each then says something else, and the manifest is forged. Several are damaged at
 * once, where the restore still succeeds, and each must be named.
 */
final class DefinitionDamage {
    private final BackupFiles backup;
    private final List<Change> changes = new ArrayList<>();

    DefinitionDamage(BackupFiles backup) {
        this.backup = backup;
        keysAndColumns();
        codeAndViews();
        sequences();
    }

    /**
     * A change to one entry.
     *
     * @param named what a failing check has to name
     */
    private record Change(String name, String named, String kind, String entry, String old, String replacement) {
        boolean stopsTheRestore() {
            return entry.equals("remarks") || entry.equals("state");
        }
    }

    List<Damage> all() {
        List<List<Change>> groups = new ArrayList<>();
        for (Change change : changes) {
            groups.stream()
                    .filter(group ->
                            group.size() < Damage.AT_ONCE && group.stream().allMatch(other -> mix(other, change)))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(change), () -> groups.add(new ArrayList<>(List.of(change))));
        }
        return groups.stream().map(this::damage).toList();
    }

    private static boolean mix(Change one, Change other) {
        return !one.entry().equals(other.entry()) && !one.stopsTheRestore() && !other.stopsTheRestore();
    }

    private Damage damage(List<Change> group) {
        DumpText text = DumpText.of(backup.sql());
        for (Change change : group) {
            text = DumpText.of(text.with(change.kind(), change.entry(), change.old(), change.replacement()));
        }
        return new Damage(
                group.stream().map(Change::name).collect(Collectors.joining(" and ")),
                backup.forged(DumpText.bytes(text.text())),
                group.stream().map(Change::named).toList(),
                true);
    }

    private void keysAndColumns() {
        forged(
                "foreign key not valid",
                "invoices_archive",
                "FK CONSTRAINT",
                "invoices_archive archive_account_fkey",
                "accounts(id);",
                "accounts(id) NOT VALID;");
        forged(
                "foreign key without its action",
                "invoices",
                "FK CONSTRAINT",
                "invoices invoices_account_fkey",
                " ON DELETE CASCADE",
                "");
        forged(
                "foreign key not deferred",
                "invoices",
                "FK CONSTRAINT",
                "invoices invoices_account_fkey",
                " DEFERRABLE INITIALLY DEFERRED",
                "");
        forged("check of a column weaker", "invoices", "TABLE", "invoices", "'2020-01-01'", "'2019-01-01'");
        forged("check of a domain gone", "cents", "DOMAIN", "cents", "VALUE >= 0", "VALUE >= 1");
        forged("column's type wider", "invoices_archive", "TABLE", "invoices_archive", "id integer", "id bigint");
        forged("column's length changed", "accounts", "TABLE", "accounts", "varying(80)", "varying(90)");
        forged("column renamed", "remarks", "TABLE", "remarks", "remark text", "note text");
        forged("column too many", "scratch", "TABLE", "scratch", "id integer", "id integer, more text");
        forged("default changed", "accounts", "TABLE", "accounts", "DEFAULT 'none'", "DEFAULT 'nine'");
        forged("NOT NULL gone", "accounts", "TABLE", "accounts", "name text NOT NULL", "name text");
        forged("generated column computed otherwise", "invoices", "TABLE", "invoices", "* 2", "* 3");
        forged(
                "generated column stored as a plain one",
                "invoices",
                "TABLE",
                "invoices",
                "GENERATED ALWAYS AS (((amount)::bigint * 2)) STORED",
                "");
        forged("logged instead of unlogged", "scratch", "TABLE", "scratch", "CREATE UNLOGGED", "CREATE");
        forged(
                "no longer inherited",
                "signed_remarks",
                "TABLE",
                "signed_remarks",
                "signer text\n)\nINHERITS (ledger.remarks)",
                "id integer, remark text, signer text\n)");
        forged("partition's bound moved", "events_2026", "TABLE ATTACH", "events_2026", "'2026-01-01", "'2025-01-01");
        forged("enum's label changed", "state", "TYPE", "state", "'written off'", "'written up'");
        forged("index over another column", "invoices_due", "INDEX", "invoices_due", "(due DESC)", "(due)");
        forged("index without its condition", "invoices_due", "INDEX", "invoices_due", "<> 'paid'", "<> 'open'");
        forged("unique index no longer unique", "sums_account", "INDEX", "sums_account", "UNIQUE ", "");
        forged(
                "row security not forced",
                "secrets",
                "TABLE",
                "secrets",
                "ALTER TABLE ONLY ledger.secrets FORCE ROW LEVEL SECURITY;",
                "");
        forged("row security off", "secrets", "ROW SECURITY", "secrets", "ENABLE", "DISABLE");
        forged(
                "statistics over other columns",
                "invoices_statistics",
                "STATISTICS",
                "invoices_statistics",
                "account_id, state",
                "account_id, due");
        forged(
                "replica identity gone",
                "invoices",
                "TABLE",
                "invoices",
                "REPLICA IDENTITY FULL",
                "REPLICA IDENTITY DEFAULT");
    }

    private void codeAndViews() {
        forged(
                "trigger disabled no longer",
                "archive_touch",
                "TRIGGER",
                "invoices_archive archive_touch",
                "DISABLE TRIGGER",
                "ENABLE TRIGGER");
        forged(
                "trigger after instead of before",
                "invoices_touch",
                "TRIGGER",
                "invoices invoices_touch",
                "BEFORE",
                "AFTER");
        forged(
                "policy lets everything through",
                "own_tenant",
                "POLICY",
                "secrets own_tenant",
                "(tenant =",
                "(true OR tenant =");
        forged("function's body changed", "total", "FUNCTION", "total(integer)", "sum(amount)", "max(amount)");
        forged("function's rights changed", "total", "FUNCTION", "total(integer)", " SECURITY DEFINER", "");
        forged("view's query changed", "open_invoices", "VIEW", "open_invoices", "'open'", "'paid'");
        forged("materialized view empty", "sums", "MATERIALIZED VIEW DATA", "sums", "REFRESH", "-- REFRESH");
        forged("rule changed", "no_delete", "RULE", "invoices_archive no_delete", "INSTEAD", "ALSO");
        forged("comment changed", "invoices", "COMMENT", "TABLE invoices", "billed", "killed");
        forged(
                "publication publishes more",
                "changes",
                "PUBLICATION",
                "changes",
                "insert, update",
                "insert, update, delete");
        forged(
                "aggregate starts elsewhere",
                "longest",
                "AGGREGATE",
                "longest(text)",
                "INITCOND = ''",
                "INITCOND = 'x'");
    }

    private void sequences() {
        forged(
                "sequence steps by another number",
                "voucher",
                "SEQUENCE",
                "voucher",
                "INCREMENT BY 3",
                "INCREMENT BY 2");
        forged("sequence ends its cycle", "fresh", "SEQUENCE", "fresh", "CYCLE", "NO CYCLE");
        forged("sequence behind", "voucher", "SEQUENCE SET", "voucher", "1234", "1233");
        forged("sequence used", "fresh", "SEQUENCE SET", "fresh", "77, false", "77, true");
    }

    private void forged(String name, String named, String kind, String entry, String old, String replacement) {
        changes.add(new Change(name, named, kind, entry, old, replacement));
    }
}

package org.pgproof.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.pgproof.receipt.Verdict;
import org.pgproof.store.BackupKey;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.PostgresServer;
import org.pgproof.testkit.S3Server;

/**
 * Damages backups in every way we can think of, verifies each on a real server, and demands FAILED; the undamaged twin
 * passes. What is changed inside the dump is {@linkplain BackupFiles#forged forged}: what the manifest says of the file
 * itself is made to fit, so that only what was restored can tell. {@code -Dpgproof.damage.cases=5000} tries more,
 * {@code -Dpgproof.damage.seed=…} the same again.
 */
@Order(1)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamageIT {
    private static final int CASES = Integer.getInteger("pgproof.damage.cases", 6);
    private static final int STATEMENT_CASES = Math.max(6, CASES / 2);
    private static final long SEED = Long.getLong("pgproof.damage.seed", new Random().nextLong());

    private final PostgresServer server = PostgresServer.shared(15);
    private final S3Server s3 = S3Server.shared();

    private Corpus corpus;
    private BackupFiles backup;
    private DumpText text;
    private DamageRun run;

    @BeforeAll
    void backUp() throws Exception {
        corpus = Corpus.create(server, s3);
        backup = corpus.backup();
        text = DumpText.of(backup.sql());
        run = new DamageRun(server, s3, corpus.key());
    }

    @AfterAll
    void close() {
        run.close();
    }

    @Test
    void undamagedTwinPasses() throws Exception {
        byte[] sql = backup.sql();
        assertThat(run.verify(backup).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(run.verify(backup.forged(sql)).verdict()).isEqualTo(Verdict.PASSED);
        assertThat(run.verify(backup.withSql(sql)).verdict()).isEqualTo(Verdict.FAILED);
    }

    @Test
    void noEntryCanBeMissing() {
        new EntryDamage(backup).all().forEach(run::add);
        run.allFail();
    }

    @Test
    void noDefinitionCanChange() {
        new DefinitionDamage(backup).all().forEach(run::add);
        run.allFail();
    }

    @Test
    void noLargeObjectCanChange() {
        String sql = text.text();
        int data = sql.indexOf("lowrite(0, '\\x") + "lowrite(0, '\\x".length();
        forged(
                "a byte of a large object changed",
                "",
                text.splice(data, data + 1, sql.charAt(data) == '4' ? "5" : "4"));
        forged("a byte of a large object missing", "", text.splice(data, data + 2, ""));
        run.allFail();
    }

    @Test
    void dumpMustBeWholeAndAlone() throws Exception {
        String sql = text.text();
        int middle = text.entry("TABLE DATA", "invoices").start();
        int late = text.entry("INDEX", "invoices_due").start();
        int trailer = sql.indexOf("--\n-- PostgreSQL database dump complete");
        forged("middle gone, trailer kept", "", text.splice(middle, late, ""));
        forged("only the trailer left", "", text.splice(0, trailer, ""));
        forged("trailer gone", "", text.splice(trailer, sql.length(), ""));
        forged("all after the rows gone, trailer too", "", text.splice(late, sql.length(), ""));
        forged("nothing left", "", new byte[0]);
        forged("twice", "", DumpText.bytes(sql + sql));
        forged("a statement after the trailer", "", DumpText.bytes(sql + "DELETE FROM ledger.invoices;\n"));
        forged(
                "rows deleted behind the data",
                "invoices",
                text.splice(late, late, "DELETE FROM ledger.invoices WHERE id = 7;\n"));
        forged(
                "trigger that changes rows before they come",
                "accounts",
                text.splice(middle, middle, "UPDATE ledger.accounts SET note = 'changed' WHERE id = 101;\n"));
        forged("a table more", "", text.splice(late, late, "CREATE TABLE ledger.more (id integer);\n"));
        forged(
                "a row inserted",
                "nothing_yet",
                text.splice(late, late, "INSERT INTO ledger.nothing_yet VALUES (1);\n"));
        forged("a shell command", "", text.splice(late, late, "\\! echo hacked\n"));
        forged("a file read", "", text.splice(late, late, "\\i /etc/passwd\n"));
        run.allFail();
    }

    /** Rows may be read while the rest of the dump is still being restored; what that does to them must not go unseen. */
    @Test
    void rowsCannotChangeBehindTheData() {
        addedAtTheEnd("rows deleted at the end", "invoices", "DELETE FROM ledger.invoices WHERE id = 7;");
        addedAtTheEnd("rows changed at the end", "accounts", "UPDATE ledger.accounts SET note = 'x' WHERE id = 105;");
        addedAtTheEnd("table emptied at the end", "secrets", "TRUNCATE ledger.secrets;");
        addedAtTheEnd("a row added at the end", "remarks", "INSERT INTO ledger.remarks VALUES (99, 'x');");
        addedAtTheEnd(
                "rows deleted without a count",
                "pg_sleep",
                "SELECT pg_catalog.pg_sleep(2);\nSET track_counts = off;\nDELETE FROM ledger.rates WHERE rate = 3.25;");
        addedAtTheEnd(
                "rows changed by code",
                "invoices_ar",
                "DO $$ BEGIN PERFORM pg_sleep(2), set_config('track_counts', 'off', false);"
                        + " UPDATE ledger.invoices_archive SET amount = 1; END $$;");
        run.allFail();
    }

    /** A session that is left in a transaction keeps locks for which the others would wait for ever. */
    @Test
    @Timeout(120)
    void aTransactionThatIsNotEndedStopsTheRestore() {
        String sql = text.text();
        int commit = sql.lastIndexOf("\nCOMMIT;\n");
        int rows = text.entry("TABLE DATA", "remarks").start();
        int late = text.entry("INDEX", "invoices_due").start();
        twice("COMMIT gone", text.splice(commit, commit + "\nCOMMIT;".length(), ""));
        twice("BEGIN before the rows", text.splice(rows, rows, "BEGIN;\nLOCK TABLE ledger.remarks;\n"));
        twice("BEGIN behind the rows", text.splice(late, late, "BEGIN;\n"));
        run.allFail();
    }

    private void twice(String name, byte[] sql) {
        Damage damage = new Damage(name, backup.forged(sql), "");
        run.add(damage);
        run.add(damage); // once on one session, once on several
    }

    /** The damaged table may be another one than that at which the restore stops. */
    @Test
    void theTableIsNamedThatStoppedAnothersRestore() {
        DumpText.Entry accounts = text.entry("TABLE DATA", "accounts");
        List<String> without = new ArrayList<>(text.rows(accounts));
        without.removeIf(row -> row.startsWith("105\t"));
        List<String> changed = new ArrayList<>(text.rows(accounts));
        changed.replaceAll(row -> row.startsWith("105\t") ? "905" + row.substring(3) : row);
        run.add(new Damage("row gone", backup.withSql(text.withRows(accounts, without)), "ledger.accounts"));
        run.add(new Damage("key changed", backup.withSql(text.withRows(accounts, changed)), "ledger.accounts"));
        run.add(new Damage("row gone, forged", backup.forged(text.withRows(accounts, without)), "ledger.accounts"));
        run.add(new Damage("key changed, forged", backup.forged(text.withRows(accounts, changed)), "ledger.accounts"));
        run.allFail();
    }

    /** A server without a role cannot restore its name; but this name is not the one that was dumped. */
    @Test
    void aNameThatTheServerLacksBecauseItIsDamagedFails() throws Exception {
        Database database = server.freshDatabase();
        database.execute("CREATE TABLE owners (id integer, who regrole); INSERT INTO owners VALUES (1, 'postgres')");
        BackupFiles small = Corpus.backUp(database, s3);
        BackupKey key = BackupKey.parse(small.parsedManifest().key()).orElseThrow();
        byte[] sql = DumpText.bytes(DumpText.of(small.sql()).text().replace("\tpostgres\n", "\tpostgrus\n"));
        try (DamageRun ofOwners = new DamageRun(server, s3, key)) {
            ofOwners.add(new Damage("other role", small.withSql(sql), "public.owners"));
            ofOwners.add(new Damage("other role, forged", small.forged(sql), "public.owners"));
            ofOwners.allFail();
        }
    }

    @Test
    void anotherDumpDoesNotPass() throws Exception {
        corpus.database().execute("UPDATE ledger.accounts SET note = 'later' WHERE id = 101");
        BackupFiles later = Corpus.backUp(corpus.database(), s3);
        BackupFiles other = Corpus.backUp(server.freshDatabase(), s3);
        run.add(new Damage("a later dump of the same database", backup.withDump(later.dump()), ""));
        run.add(new Damage("an empty database's dump", backup.withDump(other.dump()), ""));
        run.add(new Damage("another key's dump and manifest", later, ""));
        run.add(new Damage("a later dump, forged", backup.forged(later.sql()), "accounts", true));
        run.add(new Damage("an empty database's dump, forged", backup.forged(other.sql()), "invoices", true));
        run.allFail();
    }

    @Test
    void damagedObjectsFail() {
        new ObjectDamage(backup).all().forEach(run::add);
        run.allFail();
    }

    /** What the manifest says must be there, be readable, and be of this backup. */
    @Test
    void damagedManifestsFail() throws Exception {
        new ManifestDamage(backup).all().forEach(run::add);
        run.allFail();
    }

    @Test
    void noByteOfAManifestCanChange() {
        System.out.printf("Seed %d: repeat with -Dpgproof.damage.seed=%d%n", SEED, SEED);
        Random random = new Random(SEED);
        byte[] written = Objects.requireNonNull(backup.manifest());
        for (int i = 0; i < CASES; i++) {
            byte[] damaged = written.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            run.add(new Damage("manifest: byte " + at, new BackupFiles(backup.dump(), damaged), ""));
        }
        run.allFail();
    }

    /** What is only said of a manifest that somebody edited must not keep its comparison from naming the table. */
    @Test
    void anEditedManifestIsStillCompared() {
        String json = new String(Objects.requireNonNull(backup.manifest()), StandardCharsets.UTF_8);
        run.add(new Damage(
                "manifest: another row count",
                new BackupFiles(
                        backup.dump(),
                        json.replaceFirst(
                                        "\"name\":\"accounts\",([^}]*)\"rows\":30,",
                                        "\"name\":\"accounts\",$1\"rows\":31,")
                                .getBytes(StandardCharsets.UTF_8)),
                "ledger.accounts"));
        run.add(new Damage(
                "manifest: unheard-of versions",
                new BackupFiles(
                        backup.dump(),
                        json.replaceAll("\"(client|server)Version\":\"[^\"]*\"", "\"$1Version\":\"x\"")
                                .getBytes(StandardCharsets.UTF_8)),
                "manifest"));
        run.allFail();
    }

    @Test
    void noRowCanChange() {
        System.out.printf("Seed %d: repeat with -Dpgproof.damage.seed=%d%n", SEED, SEED);
        RowDamage damages = new RowDamage(backup, new Random(SEED));
        for (int i = 0; i < CASES; i++) {
            run.add(damages.next());
        }
        run.allFail();
    }

    @Test
    void noStatementCanChange() {
        System.out.printf("Seed %d: repeat with -Dpgproof.damage.seed=%d%n", SEED, SEED);
        StatementDamage damages = new StatementDamage(backup, new Random(SEED));
        for (int i = 0; i < STATEMENT_CASES; i++) {
            run.add(damages.next());
        }
        run.allFail();
    }

    @Test
    void anEmptyMemberIsDamage() {
        byte[] sql = backup.sql();
        run.add(new Damage("an empty member more", backup.forgedWithMember(sql, new byte[0]), ""));
        run.allFail();
    }

    private void forged(String name, String table, byte[] sql) {
        run.add(new Damage(name, backup.forged(sql), table, true));
    }

    private void addedAtTheEnd(String name, String table, String statement) {
        int end = text.text().lastIndexOf("--\n-- PostgreSQL database dump complete");
        Damage damage = new Damage(name, backup.forged(text.splice(end, end, statement + "\n")), table, true);
        run.add(damage);
        run.add(damage); // once on one session, once on several
    }
}

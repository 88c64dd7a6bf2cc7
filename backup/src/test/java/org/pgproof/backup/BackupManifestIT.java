package org.pgproof.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.pgproof.archive.Layout;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.contents.TableContent;
import org.pgproof.testkit.Database;
import org.pgproof.testkit.ShopDatabase;

/** What the manifest of a backup says of its dump. */
class BackupManifestIT {
    @Test
    void describesTheDumpInItsManifest() throws Exception {
        Place place = Place.ofShop();
        place.database().execute("SELECT lo_from_bytea(0, decode(repeat('ab', 5000), 'hex'))");
        assertThat(place.once().run().awaitExit()).isZero();

        Manifest manifest = place.manifest();
        byte[] object = place.dumpObject();
        String dump = Place.unpack(object);
        assertThat(manifest.key() + ".sql.gz").isEqualTo(place.dumps().get(0));
        assertThat(manifest.dump())
                .isEqualTo(new Manifest.DumpFile(
                        object.length,
                        sha256(object),
                        dump.getBytes(StandardCharsets.UTF_8).length,
                        "UTF8",
                        manifest.dump().statementsDigest()));
        assertThat(manifest.rows()).isEqualTo(ShopDatabase.rows(place.database()));
        assertThat(manifest.tables())
                .allSatisfy(table ->
                        assertThat(table.rows()).as(table.display()).isEqualTo(count(place.database(), table)));
        assertThat(manifest.tables())
                .allSatisfy(
                        table -> assertThat(table.columns()).as(table.display()).isNotEmpty());
        assertThat(manifest.sequences()).isNotEmpty();
        assertThat(manifest.largeObjects().count())
                .isEqualTo(Long.parseLong(place.database().value("SELECT count(*) FROM pg_largeobject_metadata")));
        assertThat(manifest.source().database()).isEqualTo(place.database().name());
        assertThat(manifest.source().systemIdentifier())
                .isEqualTo(place.database().value("SELECT system_identifier::text FROM pg_control_system()"));
        assertThat(manifest.snapshotAt()).isBefore(manifest.publishedAt());
        assertThat(manifest.leftOut()).contains("owners", "grants", "roles and their passwords");
        assertThat(manifest.warnings()).isEmpty();
        assertThat(manifest.interval()).as("of a run on its own").isZero();
    }

    @Test
    void listsGzipMembersThatCanBeReadOnTheirOwn() throws Exception {
        Place place = Place.ofEmptyDatabase();
        place.database()
                .execute("CREATE TABLE wide AS SELECT n AS id, repeat(md5(n::text), 40) AS words"
                        + " FROM generate_series(1, 25000) n");
        assertThat(place.once().run().awaitExit()).isZero();

        byte[] object = place.dumpObject();
        byte[] dump = Place.unpack(object).getBytes(StandardCharsets.UTF_8);
        List<Layout.Member> members = place.manifest().layout().members();
        assertThat(members).hasSizeGreaterThan(2);
        assertThat(members.get(0)).isEqualTo(new Layout.Member(0, 0));
        for (Layout.Member member : members) {
            int position = (int) member.position();
            int offset = (int) member.offset();
            if (position > 0) {
                assertThat(dump[position - 1]).as("byte before %s", member).isEqualTo((byte) '\n');
            }
            InputStream rest = new GZIPInputStream(new ByteArrayInputStream(object, offset, object.length - offset));
            assertThat(rest.readNBytes(1000))
                    .isEqualTo(Arrays.copyOfRange(dump, position, Math.min(position + 1000, dump.length)));
        }
        TableContent wide = place.manifest().tables().get(0);
        assertThat(wide.data()).hasSize(1);
        Layout.Span rows = wide.data().get(0);
        assertThat(new String(dump, (int) rows.start(), 3, StandardCharsets.UTF_8))
                .isEqualTo("1\tc");
    }

    private static long count(Database database, TableContent table) {
        try {
            return Long.parseLong(
                    database.value("SELECT count(*) FROM ONLY \"" + table.schema() + "\".\"" + table.name() + '"'));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}

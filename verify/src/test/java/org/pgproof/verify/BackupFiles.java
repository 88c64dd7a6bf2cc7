package org.pgproof.verify;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;
import org.pgproof.archive.DumpMark;
import org.pgproof.archive.GunzipStream;
import org.pgproof.archive.Layout;
import org.pgproof.dump.DumpScanner;
import org.pgproof.manifest.DumpContents;
import org.pgproof.manifest.Json;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestFile;
import org.pgproof.manifest.contents.TableContent;

/** A backup's two objects as bytes, to be damaged. */
final class BackupFiles {
    private static final int SMALL_MEMBER = 8 * 1024;

    private final byte[] dump;
    private final byte @Nullable [] manifest;

    /** @param manifest null when there is none */
    BackupFiles(byte[] dump, byte @Nullable [] manifest) {
        this.dump = dump;
        this.manifest = manifest;
    }

    byte[] dump() {
        return dump;
    }

    byte @Nullable [] manifest() {
        return manifest;
    }

    /** Returns the same manifest beside another dump: what a disk, a network or a mistake does. */
    BackupFiles withDump(byte[] other) {
        return new BackupFiles(other, manifest);
    }

    BackupFiles withoutManifest() {
        return new BackupFiles(dump, null);
    }

    BackupFiles withManifest(UnaryOperator<Manifest> change) {
        return new BackupFiles(dump, ManifestFile.bytes(change.apply(parsedManifest())));
    }

    Manifest parsedManifest() {
        if (manifest == null) {
            throw new IllegalStateException("there is no manifest");
        }
        try {
            return Json.read(new ByteArrayInputStream(manifest), Manifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the unpacked dump. */
    byte[] sql() {
        try (GunzipStream unpacked = new GunzipStream(new ByteArrayInputStream(dump))) {
            return unpacked.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns another text in a valid archive beside the same manifest. */
    BackupFiles withSql(byte[] sql) {
        return withDump(gzip(sql));
    }

    /**
     * Returns another text in a valid archive, and a manifest whose statements about the file itself (size, digest, where
     * what lies) are those of that archive, as somebody would write them who wants the damage to go unnoticed.
     */
    BackupFiles forged(byte[] sql) {
        return forged(gzip(sql), sql);
    }

    /** Returns the same with one more member at the end of the archive. */
    BackupFiles forgedWithMember(byte[] sql, byte[] member) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(gzip(sql));
        file.writeBytes(gzip(member));
        return forged(file.toByteArray(), sql);
    }

    private BackupFiles forged(byte[] file, byte[] sql) {
        return new BackupFiles(file, ManifestFile.bytes(relocated(parsedManifest(), file, sql)));
    }

    private static Manifest relocated(Manifest from, byte[] file, byte[] sql) {
        DumpContents contents = new DumpContents();
        DumpScanner scanner = new DumpScanner(contents);
        scanner.write(sql, 0, sql.length);
        scanner.end();
        contents.end(sql.length);
        Map<String, List<Layout.Span>> spans =
                contents.tables().stream().collect(Collectors.toMap(TableContent::display, TableContent::data));
        List<TableContent> tables = from.tables().stream()
                .map(table -> new TableContent(
                        table.schema(),
                        table.name(),
                        table.columns(),
                        table.rows(),
                        table.bytes(),
                        table.fingerprint(),
                        spans.getOrDefault(table.display(), List.of())))
                .toList();
        Layout layout = contents.layout(sql.length, List.of(new Layout.Member(0, 0)));
        Manifest.DumpFile dump = new Manifest.DumpFile(
                file.length, sha256(file), sql.length, from.dump().encoding(), contents.statementsDigest());
        return Manifests.with(from, dump, tables, layout);
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Packs a text as our backups are packed: several members, the first one marked. */
    static byte[] gzip(byte[] sql) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int from = 0; from == 0 || from < sql.length; from += SMALL_MEMBER) {
            file.writeBytes(member(sql, from, Math.min(SMALL_MEMBER, sql.length - from), from == 0));
        }
        return file.toByteArray();
    }

    /** Returns where the members of {@link #gzip} end, the last one excluded. */
    static List<Integer> seams(byte[] sql) {
        List<Integer> seams = new ArrayList<>();
        int end = 0;
        for (int from = 0; from + SMALL_MEMBER < sql.length; from += SMALL_MEMBER) {
            end += member(sql, from, SMALL_MEMBER, from == 0).length;
            seams.add(end);
        }
        return seams;
    }

    private static byte[] member(byte[] sql, int from, int length, boolean marked) {
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        member.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, (byte) (marked ? 16 : 0), 0, 0, 0, 0, 0, (byte) 255});
        if (marked) {
            member.writeBytes((DumpMark.COMMENT + "\0").getBytes(StandardCharsets.ISO_8859_1));
        }
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(sql, from, length);
        deflater.finish();
        byte[] chunk = new byte[SMALL_MEMBER * 2];
        while (!deflater.finished()) {
            member.write(chunk, 0, deflater.deflate(chunk));
        }
        deflater.end();
        CRC32 crc = new CRC32();
        crc.update(sql, from, length);
        number(member, crc.getValue());
        number(member, length);
        return member.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, long value) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            out.write((int) (value >>> shift) & 0xff);
        }
    }
}

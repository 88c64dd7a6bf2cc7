package org.pgproof.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;

/** Changes one digit in a copy of a backup, cleverly: the gzip file is valid and the manifest has its new digest. */
public final class QuickstartDamage {
    private static final String TABLE = "COPY sales.order_lines (";
    private static final int TRAILER = 8;

    /** RFC 1952: ID1 ID2, deflate, FCOMMENT, no time, no flags, unknown system; then the comment. */
    private static final byte[] HEADER =
            "\u001f\u008b\b\u0010\0\0\0\0\0\u00ffpgproof\0".getBytes(StandardCharsets.ISO_8859_1);

    private final LocalS3 s3;
    private final String bucket;

    public QuickstartDamage(LocalS3 s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * Makes the damaged copy of a backup.
     *
     * @param from key of the dump and its companions, without their suffixes
     * @return what was changed, for people
     */
    public String copy(String from, String to) throws IOException {
        StringBuilder sql = new StringBuilder(unpacked(s3.read(bucket, from + ".sql.gz")));
        int row = sql.indexOf("\n", sql.indexOf(TABLE)) + 1;
        int end = sql.indexOf("\n", row);
        String before = sql.substring(row, end);
        char digit = before.charAt(before.length() - 1);
        sql.setCharAt(end - 1, digit == '9' ? '0' : (char) (digit + 1));

        byte[] dump = packed(sql.toString().getBytes(StandardCharsets.ISO_8859_1));
        s3.write(bucket, to + ".sql.gz", dump);
        s3.write(bucket, to + ".manifest.json", manifest(s3.read(bucket, from + ".manifest.json"), dump));
        return "sales.order_lines: \"" + before.replace('\t', ' ') + "\" became \""
                + sql.substring(row, end).replace('\t', ' ') + "\"";
    }

    /** ISO-8859-1 keeps every byte. */
    private static String unpacked(byte[] dump) throws IOException {
        try (GZIPInputStream sql = new GZIPInputStream(new ByteArrayInputStream(dump))) {
            return new String(sql.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] packed(byte[] sql) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(HEADER);
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try (OutputStream body = new DeflaterOutputStream(file, deflater)) {
            body.write(sql);
        } finally {
            deflater.end();
        }
        CRC32 crc = new CRC32();
        crc.update(sql);
        file.write(ByteBuffer.allocate(TRAILER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .putInt(sql.length)
                .array());
        return file.toByteArray();
    }

    private static byte[] manifest(byte[] original, byte[] dump) throws IOException {
        ObjectNode manifest = (ObjectNode) new ObjectMapper().readTree(original);
        ((ObjectNode) manifest.get("dump")).put("bytes", dump.length).put("sha256", ManifestSeal.sha256(dump));
        return ManifestSeal.sealed(manifest);
    }
}

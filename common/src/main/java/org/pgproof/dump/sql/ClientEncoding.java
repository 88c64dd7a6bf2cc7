package org.pgproof.dump.sql;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The encoding a dump is written in.
 *
 * @param name as {@code SET client_encoding} spelled it
 * @param charset ISO-8859-1, which loses no byte, where Java has no such encoding or there is none ({@code SQL_ASCII})
 * @param asciiSafe whether a byte below 0x80 is always that ASCII character. Not so in a few encodings that no server
 *     stores: there the second byte of a letter may look like a quote or a backslash
 */
public record ClientEncoding(String name, Charset charset, boolean asciiSafe) {
    /** What is assumed until the dump says it. */
    public static final ClientEncoding UTF8 = new ClientEncoding("UTF8", StandardCharsets.UTF_8, true);

    /** PostgreSQL manual, table "PostgreSQL Character Sets", column "Server?": no. */
    private static final Set<String> CLIENT_ONLY = Set.of(
            "big5",
            "win950",
            "windows950",
            "gb18030",
            "gbk",
            "win936",
            "windows936",
            "johab",
            "sjis",
            "mskanji",
            "shiftjis",
            "win932",
            "windows932",
            "shiftjis2004",
            "uhc",
            "win949",
            "windows949");

    private static final Map<String, String> CHARSETS = Map.ofEntries(
            Map.entry("utf8", "UTF-8"),
            Map.entry("unicode", "UTF-8"),
            Map.entry("eucjp", "EUC-JP"),
            Map.entry("euckr", "EUC-KR"),
            Map.entry("euccn", "GB2312"),
            Map.entry("euctw", "x-EUC-TW"),
            Map.entry("koi8", "KOI8-R"),
            Map.entry("koi8r", "KOI8-R"),
            Map.entry("koi8u", "KOI8-U"),
            Map.entry("alt", "IBM866"),
            Map.entry("win", "windows-1251"),
            Map.entry("win866", "IBM866"),
            Map.entry("win874", "x-windows-874"),
            Map.entry("tcvn", "windows-1258"),
            Map.entry("abc", "windows-1258"),
            Map.entry("vscii", "windows-1258"),
            Map.entry("win1258", "windows-1258"),
            Map.entry("latin1", "ISO-8859-1"),
            Map.entry("latin2", "ISO-8859-2"),
            Map.entry("latin3", "ISO-8859-3"),
            Map.entry("latin4", "ISO-8859-4"),
            Map.entry("latin5", "ISO-8859-9"),
            Map.entry("latin7", "ISO-8859-13"),
            Map.entry("latin9", "ISO-8859-15"),
            Map.entry("iso88595", "ISO-8859-5"),
            Map.entry("iso88596", "ISO-8859-6"),
            Map.entry("iso88597", "ISO-8859-7"),
            Map.entry("iso88598", "ISO-8859-8"));

    /** The encoding that PostgreSQL knows by this name, in any of its spellings. */
    public static ClientEncoding named(String name) {
        String plain = plain(name);
        return new ClientEncoding(name, charset(plain), !CLIENT_ONLY.contains(plain));
    }

    /** Whether names are decoded as they are meant: Java knows the encoding. */
    public boolean isKnown() {
        return !charset.equals(StandardCharsets.ISO_8859_1) || plain(name).equals("latin1");
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static Charset charset(String plain) {
        String name = CHARSETS.getOrDefault(plain, plain.matches("win125\\d") ? "windows-" + plain.substring(3) : "");
        return !name.isEmpty() && Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.ISO_8859_1;
    }

    /** The text of these bytes; where they are not valid in this encoding, each byte as one character. */
    public String decode(byte[] bytes, int offset, int length) {
        if (isAscii(bytes, offset, length)) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
        try {
            return charset.newDecoder()
                    .decode(ByteBuffer.wrap(bytes, offset, length))
                    .toString();
        } catch (CharacterCodingException invalid) {
            return new String(bytes, offset, length, StandardCharsets.ISO_8859_1);
        }
    }

    private static boolean isAscii(byte[] bytes, int offset, int length) {
        int bits = 0;
        for (int i = offset; i < offset + length; i++) {
            bits |= bytes[i];
        }
        return bits >= 0;
    }
}

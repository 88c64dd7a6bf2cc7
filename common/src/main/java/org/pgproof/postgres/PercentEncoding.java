package org.pgproof.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding as URIs of libpq use it: a plus sign is a plus sign. */
final class PercentEncoding {
    private static final String KEPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private PercentEncoding() {}

    /** The text, or empty for a broken escape, an escaped NUL, or bytes that are not UTF-8. */
    static Optional<String> decode(String raw) {
        byte[] bytes = raw.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int index = 0; index < bytes.length; index++) {
            int value = bytes[index];
            if (value == '%') {
                value = index + 2 < bytes.length ? hex(bytes[index + 1]) * 16 + hex(bytes[index + 2]) : 0;
                if (value <= 0 || hex(bytes[index + 1]) < 0 || hex(bytes[index + 2]) < 0) {
                    return Optional.empty();
                }
                index += 2;
            }
            decoded.write(value);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(decoded.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** The text with everything but unreserved characters encoded. */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            if (KEPT.indexOf(value) >= 0) {
                encoded.append((char) value);
            } else {
                encoded.append(String.format("%%%02X", value));
            }
        }
        return encoded.toString();
    }

    private static int hex(byte digit) {
        return Character.digit(digit, 16);
    }
}

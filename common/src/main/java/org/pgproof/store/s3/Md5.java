package org.pgproof.store.s3;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The digest that S3's {@code Content-MD5} header wants; it guards against damage on the way, not against people. */
final class Md5 {
    private final MessageDigest digest;

    Md5() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has MD5", e);
        }
    }

    static String base64(byte[] content) {
        Md5 md5 = new Md5();
        md5.update(content, content.length);
        return md5.base64();
    }

    void update(byte[] bytes, int length) {
        update(bytes, 0, length);
    }

    void update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
    }

    String base64() {
        return Base64.getEncoder().encodeToString(digest.digest());
    }
}

package org.pgproof.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Writes manifests that were changed as backup.jar would have written them: with the digest of all that is in them. */
public final class ManifestSeal {
    /** The manifest's last field: the digest of all before it. */
    private static final String SEAL = "sha256";

    private ManifestSeal() {}

    /** Returns the manifest's bytes with a seal that fits. */
    public static byte[] sealed(ObjectNode manifest) throws IOException {
        ObjectNode unsealed = manifest.deepCopy();
        unsealed.remove(SEAL);
        byte[] text = new ObjectMapper().writeValueAsBytes(unsealed);
        byte[] open = Arrays.copyOf(text, text.length - 1); // without the last brace
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(open);
        file.writeBytes((",\"" + SEAL + "\":\"" + sha256(open) + "\"}").getBytes(StandardCharsets.ISO_8859_1));
        return file.toByteArray();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

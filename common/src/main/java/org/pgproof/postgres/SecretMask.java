package org.pgproof.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Hides secrets in what other programs print: as they are, and percent-encoded in whatever way. */
final class SecretMask {
    private static final String HIDDEN = "***";
    /** A shorter one is part of so many words that hiding it would tell it, and spoil the text. */
    private static final int SHORTEST = 4;

    private final Pattern secrets;

    SecretMask(Collection<String> secrets) {
        String each = secrets.stream()
                .filter(secret -> secret.length() >= SHORTEST)
                .map(SecretMask::written)
                .collect(Collectors.joining("|", "(?:", ")"));
        String never = "(?!)";
        // Not within a word: "password" is no place to look for a password that is "word".
        this.secrets = Pattern.compile(each.equals("(?:)") ? never : "(?<![A-Za-z0-9])" + each + "(?![A-Za-z0-9])");
    }

    /** The text without the secrets. */
    String hide(String text) {
        return secrets.matcher(text).replaceAll(HIDDEN);
    }

    /** Each character may stand as it is, after a backslash, or as the percent-encoded bytes of its UTF-8. */
    private static String written(String secret) {
        return secret.codePoints()
                .mapToObj(Character::toString)
                .map(character -> "(?:\\\\?" + Pattern.quote(character) + "|" + percentEncoded(character) + ")")
                .collect(Collectors.joining());
    }

    private static String percentEncoded(String character) {
        StringBuilder encoded = new StringBuilder("(?i:");
        for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02x", each & 0xff));
        }
        return encoded.append(')').toString();
    }
}

package org.pgproof.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the store is and how to sign in to it.
 *
 * @param endpoint http or https URL without user, query or fragment
 * @param region the region requests are signed for
 * @param bucket the bucket's name
 * @param accessKeyId who signs
 * @param secretAccessKey what signs
 * @param prefix what every key begins with, without slashes at its ends; empty for the root of the bucket
 * @param proxy on the way to the endpoint
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        Secret accessKeyId,
        Secret secretAccessKey,
        String prefix,
        Optional<Proxy> proxy) {
    private static final URI NO_ENDPOINT = URI.create("http://unset.invalid");
    private static final String BUCKET = "[A-Za-z0-9](?:[A-Za-z0-9_-]|\\.(?!\\.)){1,253}[A-Za-z0-9]";
    private static final int LONGEST_PREFIX = 900;
    private static final String QUOTED = "is in quotes, which are taken as part of it";
    private static final String UNQUOTE = "leave them out: docker run --env-file keeps quotes as they are";

    /** Settings of a store that is reached without a proxy. */
    public S3Settings(
            URI endpoint, String region, String bucket, Secret accessKeyId, Secret secretAccessKey, String prefix) {
        this(endpoint, region, bucket, accessKeyId, secretAccessKey, prefix, Optional.empty());
    }

    /** Reads the settings of the store; what is wrong is recorded in the environment's problems. */
    public static S3Settings from(Environment environment) {
        String bucket = bucket(environment);
        URI endpoint = endpoint(environment, bucket);
        return new S3Settings(
                endpoint,
                region(environment),
                bucket,
                key(environment, "S3_ACCESS_KEY_ID"),
                key(environment, "S3_SECRET_ACCESS_KEY"),
                prefix(environment),
                Proxy.on(endpoint, environment));
    }

    /** Returns the place as people know it, without secrets. */
    public String display() {
        String way = proxy.map(by -> " through the proxy " + by.display()).orElse("");
        return endpoint + " bucket " + bucket + " prefix " + prefix + way;
    }

    private static URI endpoint(Environment environment, String bucket) {
        String name = "S3_ENDPOINT";
        String text = environment.required(name).strip();
        if (text.isEmpty()) {
            return NO_ENDPOINT;
        }
        Problems problems = environment.problems();
        String right = "use a URL such as https://s3.eu-central-1.amazonaws.com";
        if (isQuoted(text)) {
            problems.error(name, QUOTED, UNQUOTE);
            return NO_ENDPOINT;
        }
        if (!text.toLowerCase(Locale.ROOT).matches("(?s)https?://.*")) {
            problems.error(name, "does not begin with http:// or https://", right);
            return NO_ENDPOINT;
        }
        try {
            URI endpoint = new URI(text);
            if (endpoint.getRawAuthority() != null && endpoint.getRawAuthority().contains("@")) {
                problems.error(name, "holds a user name", "put keys into S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY");
            } else if (endpoint.getHost() == null || endpoint.getPort() > 65_535 || endpoint.getPort() == 0) {
                problems.error(name, "has no host of letters, digits, hyphens and dots, or no valid port", right);
            } else if (endpoint.getRawQuery() != null || endpoint.getRawFragment() != null) {
                problems.error(name, "has a ? or a #", right);
            } else {
                warnOfBucketIn(endpoint, bucket, problems);
                warnOfPlainText(endpoint, problems);
                return endpoint;
            }
        } catch (URISyntaxException e) {
            problems.error(name, "is no URL", right);
        }
        return NO_ENDPOINT;
    }

    private static void warnOfPlainText(URI endpoint, Problems problems) {
        if (endpoint.getScheme().equalsIgnoreCase("http") && !LocalHosts.isLocal(endpoint.getHost())) {
            problems.warning(
                    "S3_ENDPOINT",
                    "begins with http://, so that anybody on the way can read the backups and change them",
                    "use https://");
        }
    }

    private static void warnOfBucketIn(URI endpoint, String bucket, Problems problems) {
        String remedy = "remove it from the URL: S3_BUCKET says it already";
        if (!bucket.isEmpty() && endpoint.getHost().startsWith(bucket + ".")) {
            problems.warning("S3_ENDPOINT", "begins with the bucket's name", remedy);
        }
        String path = String.valueOf(endpoint.getPath()).replaceFirst("/+$", "");
        if (!bucket.isEmpty() && path.endsWith("/" + bucket)) {
            problems.warning("S3_ENDPOINT", "ends with the bucket's name", remedy);
        }
    }

    private static String bucket(Environment environment) {
        String name = "S3_BUCKET";
        String bucket = environment.required(name).strip();
        if (isQuoted(bucket)) {
            environment.problems().error(name, QUOTED, UNQUOTE);
        } else if (bucket.startsWith("s3://")) {
            environment.problems().error(name, "begins with s3://", "give the bucket's name alone");
        } else if (bucket.contains("/")) {
            environment
                    .problems()
                    .error(name, "has a slash", "give the bucket's name alone; a folder belongs into BACKUP_PREFIX");
        } else if (!bucket.isEmpty() && !bucket.matches(BUCKET)) {
            environment
                    .problems()
                    .error(
                            name,
                            Shown.quoted(bucket) + " is no bucket name",
                            "use at least 3 letters, digits, dots and hyphens");
        }
        return bucket;
    }

    private static boolean isQuoted(String value) {
        return value.length() > 1
                && ((value.startsWith("\"") && value.endsWith("\"")) || (value.startsWith("'") && value.endsWith("'")));
    }

    private static String region(Environment environment) {
        String region = environment.optional("S3_REGION").orElse("us-east-1").strip();
        if (isQuoted(region)) {
            environment.problems().error("S3_REGION", QUOTED, UNQUOTE);
        } else if (!region.matches("[A-Za-z0-9_-]+")) {
            environment
                    .problems()
                    .error(
                            "S3_REGION",
                            Shown.quoted(region) + " is no region",
                            "use one such as eu-central-1, or auto");
        }
        return region;
    }

    private static Secret key(Environment environment, String name) {
        Secret key = environment.secret(name);
        if (key.value().chars().anyMatch(character -> character <= ' ' || character >= 0x7f)) {
            environment
                    .problems()
                    .error(
                            name,
                            "holds white space or a character outside ASCII",
                            "copy the key again, without quotes");
        }
        return key;
    }

    private static String prefix(Environment environment) {
        String name = "BACKUP_PREFIX";
        String prefix = environment
                .optional(name)
                .orElse("postgres-backups")
                .replaceFirst("^/+", "")
                .replaceFirst("/+$", "");
        Problems problems = environment.problems();
        if (prefix.isEmpty()) {
            return prefix;
        }
        if (isQuoted(prefix)) {
            problems.error(name, QUOTED, UNQUOTE);
        } else if (prefix.codePoints().anyMatch(Shown::isControl)) {
            problems.error(name, "holds a control character", "use letters, digits, hyphens and slashes");
        } else if (!prefix.equals(prefix.strip())) {
            problems.error(name, "begins or ends with white space", "remove it");
        } else if (prefix.getBytes(StandardCharsets.UTF_8).length > LONGEST_PREFIX) {
            problems.error(name, "is too long", "use at most " + LONGEST_PREFIX + " bytes");
        } else if (Arrays.stream(prefix.split("/", -1)).anyMatch(part -> part.matches("\\.{0,2}"))) {
            problems.error(
                    name,
                    Shown.quoted(prefix) + " has an empty, . or .. part",
                    "use names separated by single slashes: stores treat these parts differently");
        }
        return prefix;
    }
}

package org.pgproof.store;

import org.pgproof.store.StorageException.Reason;

/** What an error answer of an S3 service means, by its code where it has a known one, else by its HTTP status. */
enum S3Refusal {
    NO_SUCH_BUCKET(
            Reason.NO_SUCH_BUCKET, "bucket {bucket} does not exist at {endpoint}: create it or correct S3_BUCKET"),
    UNKNOWN_KEY(Reason.DENIED, "the access key is not known: correct S3_ACCESS_KEY_ID"),
    WRONG_SIGNATURE(Reason.DENIED, "the signature is wrong: correct S3_SECRET_ACCESS_KEY, or S3_REGION ({region})"),
    WRONG_CLOCK(Reason.DENIED, "this machine's clock differs too much from the store's: set it right"),
    NOT_ALLOWED(
            Reason.DENIED,
            "the access key is not allowed to do that in bucket {bucket}: allow it, or correct S3_ACCESS_KEY_ID and"
                    + " S3_SECRET_ACCESS_KEY"),
    WRONG_REGION(
            Reason.OTHER,
            "bucket {bucket} is not to be found in region {region} at {endpoint}: correct S3_REGION and S3_ENDPOINT"),
    NO_SUCH_OBJECT(Reason.NOT_FOUND, "there is no such object in bucket {bucket}"),
    CHANGED(Reason.CHANGED, "the object has changed meanwhile"),
    NO_ROOM(Reason.LIMIT, "the store has no room for it: free space or raise its quota"),
    UNAVAILABLE(Reason.UNREACHABLE, "the store is not available at the moment"),
    OTHER(Reason.OTHER, "the store refused it");

    private final Reason reason;
    private final String advice;

    S3Refusal(Reason reason, String advice) {
        this.reason = reason;
        this.advice = advice;
    }

    static S3Refusal of(String code, int status) {
        return switch (code) {
            case "NoSuchBucket" -> NO_SUCH_BUCKET;
            case "InvalidAccessKeyId", "InvalidAccessKey" -> UNKNOWN_KEY;
            case "SignatureDoesNotMatch" -> WRONG_SIGNATURE;
            case "RequestTimeTooSkewed" -> WRONG_CLOCK;
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" -> WRONG_REGION;
            case "NoSuchKey" -> NO_SUCH_OBJECT;
            case "PreconditionFailed" -> CHANGED;
            case "QuotaExceeded",
                    "XMinioStorageFull",
                    "XMinioAdminBucketQuotaExceeded",
                    "InsufficientCapacity",
                    "EntityTooLarge" -> NO_ROOM;
            default -> ofStatus(status);
        };
    }

    private static S3Refusal ofStatus(int status) {
        return switch (status) {
            case 301, 302, 307, 308 -> WRONG_REGION;
            case 401, 403 -> NOT_ALLOWED;
            case 404 -> NO_SUCH_OBJECT;
            case 412 -> CHANGED;
            case 507 -> NO_ROOM;
            case 408, 425, 429 -> UNAVAILABLE;
            default -> status >= 500 ? UNAVAILABLE : OTHER;
        };
    }

    Reason reason() {
        return reason;
    }

    /** What is wrong and what mends it, in one clause. */
    String advice(String bucket, String region, String endpoint) {
        return advice.replace("{bucket}", bucket).replace("{region}", region).replace("{endpoint}", endpoint);
    }
}

package org.pgproof.store.s3;

import org.pgproof.store.StorageException.Reason;

/** What an error answer of an S3 service means, by its code where it has a known one, else by its HTTP status. */
enum S3Refusal {
    NO_SUCH_BUCKET(
            Reason.NO_SUCH_BUCKET, "bucket {bucket} does not exist at {endpoint}: create it or correct S3_BUCKET"),
    UNKNOWN_KEY(Reason.DENIED, "the access key is not known: correct S3_ACCESS_KEY_ID"),
    WRONG_SIGNATURE(Reason.DENIED, "the signature is wrong: correct S3_SECRET_ACCESS_KEY, or S3_REGION ({region})"),
    WRONG_CLOCK(Reason.DENIED, "this machine's clock differs too much from the store's: set it right"),
    EXPIRED(
            Reason.DENIED,
            "the credentials have expired: they are temporary, so give the service keys that last, or new ones"),
    NOT_ALLOWED(
            Reason.DENIED,
            "the access key is known but not allowed to do that in bucket {bucket}: add the right to its policy"),
    LOCKED(Reason.DENIED, "the object is protected by object lock or retention: it can go when that ends"),
    ARCHIVED(Reason.OTHER, "the object lies in an archive storage class: restore it there first"),
    WRONG_REGION(
            Reason.OTHER,
            "bucket {bucket} is not to be found in region {region} at {endpoint}: correct S3_REGION and S3_ENDPOINT"),
    NO_SUCH_OBJECT(Reason.NOT_FOUND, "there is no such object in bucket {bucket}"),
    NO_SUCH_UPLOAD(
            Reason.OTHER,
            "the store no longer knows the upload: somebody, or a lifecycle rule of the bucket, has aborted it"),
    CHANGED(Reason.CHANGED, "the object has changed meanwhile"),
    NO_ROOM(Reason.LIMIT, "the store has no room for it: free space or raise its quota"),
    TOO_FAST(
            Reason.UNREACHABLE,
            "the store is not available for so many requests: it asks to slow down; should it go on, raise its limits or"
                    + " have fewer services use it at once"),
    UNAVAILABLE(Reason.UNREACHABLE, "the store is not available at the moment"),
    NOT_THE_STORES(
            Reason.OTHER,
            "that is no answer of an S3 store, but of something on the way to it: check S3_ENDPOINT, and proxies and"
                    + " firewalls in between"),
    PROXY_WANTS_PASSWORD(
            Reason.UNREACHABLE,
            "the proxy on the way wants another user name or password: put them into its variable as"
                    + " http://user:password@host:port"),
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
            case "RequestTimeTooSkewed", "RequestExpired" -> WRONG_CLOCK;
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken" -> EXPIRED;
            case "ObjectLocked", "ObjectLockedByBucketPolicy", "FileLockConflict", "file_lock_conflict" -> LOCKED;
            case "InvalidObjectState" -> ARCHIVED;
            case "PermanentRedirect",
                    "TemporaryRedirect",
                    "AuthorizationHeaderMalformed",
                    "IllegalLocationConstraintException" -> WRONG_REGION;
            case "NoSuchKey" -> NO_SUCH_OBJECT;
            case "NoSuchUpload" -> NO_SUCH_UPLOAD;
            case "PreconditionFailed" -> CHANGED;
            case "SlowDown", "Throttling", "ThrottlingException", "TooManyRequests", "RequestLimitExceeded" -> TOO_FAST;
            case "QuotaExceeded",
                    "XMinioStorageFull",
                    "XMinioAdminBucketQuotaExceeded",
                    "InsufficientCapacity",
                    "EntityTooLarge" -> NO_ROOM;
            case "" -> unsaid(status);
            default -> ofStatus(status);
        };
    }

    private static S3Refusal ofStatus(int status) {
        return switch (status) {
            case 301, 302, 307, 308 -> WRONG_REGION;
            case 401, 403 -> NOT_ALLOWED;
            case 412 -> CHANGED;
            case 507 -> NO_ROOM;
            case 408, 425, 429 -> UNAVAILABLE;
            default -> status >= 500 ? UNAVAILABLE : OTHER;
        };
    }

    /** An error that names no code is not the store's word: what it does name decides whether something is gone. */
    private static S3Refusal unsaid(int status) {
        return switch (status) {
            case 401, 403, 404 -> NOT_THE_STORES;
            case 407 -> PROXY_WANTS_PASSWORD;
            default -> ofStatus(status);
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

package org.pgproof.store.s3;

import java.util.Optional;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * An object as the store shows it.
 *
 * @param size in bytes
 * @param upload which of our uploads it says it came from; empty when the store does not tell
 */
record ShownObject(long size, Optional<String> upload) {
    /** The name of the metadata that says which upload an object came from. */
    static final String UPLOAD = "pgproof-upload";

    static ShownObject of(HeadObjectResponse head) {
        return new ShownObject(
                head.contentLength(), Optional.ofNullable(head.metadata()).map(said -> said.get(UPLOAD)));
    }
}

package org.pgproof.store.s3;

/**
 * Which upload it is.
 *
 * @param id by the store's count
 * @param mark by our own, which the object it becomes will say
 */
record S3UploadId(String id, String mark) {}

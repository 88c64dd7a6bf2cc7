/** Tests of the store in S3. */
@NullMarked
package org.pgproof.store.s3;

import org.jspecify.annotations.NullMarked;

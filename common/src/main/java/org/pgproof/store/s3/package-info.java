/** The store of backups in S3 and what speaks its protocol. */
@NullMarked
package org.pgproof.store.s3;

import org.jspecify.annotations.NullMarked;

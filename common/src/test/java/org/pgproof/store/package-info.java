/** Tests of the store, most of them against a real S3 server. */
@NullMarked
package org.pgproof.store;

import org.jspecify.annotations.NullMarked;

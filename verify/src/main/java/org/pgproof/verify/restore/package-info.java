/** The restore of a dump, streamed from the store into {@code psql}. */
@NullMarked
package org.pgproof.verify.restore;

import org.jspecify.annotations.NullMarked;

/** The owner's own queries against the restored database. */
@NullMarked
package org.pgproof.verify.queries;

import org.jspecify.annotations.NullMarked;

/** Tests of the restore. */
@NullMarked
package org.pgproof.verify.restore;

import org.jspecify.annotations.NullMarked;

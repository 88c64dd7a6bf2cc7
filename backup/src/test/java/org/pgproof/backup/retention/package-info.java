/** Tests of what is kept. */
@NullMarked
package org.pgproof.backup.retention;

import org.jspecify.annotations.NullMarked;

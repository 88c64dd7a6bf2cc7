/** Tests of the dump file. */
@NullMarked
package org.pgproof.archive;

import org.jspecify.annotations.NullMarked;

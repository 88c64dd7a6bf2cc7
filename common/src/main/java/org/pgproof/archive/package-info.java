/** The dump file: written and read as gzip members, marked as ours, its parts found again by their layout. */
@NullMarked
package org.pgproof.archive;

import org.jspecify.annotations.NullMarked;

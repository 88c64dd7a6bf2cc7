/** Tests of the source and its dump. */
@NullMarked
package org.pgproof.backup.source;

import org.jspecify.annotations.NullMarked;

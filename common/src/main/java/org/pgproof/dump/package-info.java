/** Watches the text that pg_dump writes, changes none of it, and says what it contains. */
@NullMarked
package org.pgproof.dump;

import org.jspecify.annotations.NullMarked;

/** What {@code bench/run} needs besides a shell. */
@NullMarked
package org.pgproof.testkit.bench;

import org.jspecify.annotations.NullMarked;

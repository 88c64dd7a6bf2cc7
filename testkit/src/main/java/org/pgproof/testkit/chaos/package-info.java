/** Runs the jars again and again while something goes wrong, and checks after each round what must hold whatever happens. */
@NullMarked
package org.pgproof.testkit.chaos;

import org.jspecify.annotations.NullMarked;

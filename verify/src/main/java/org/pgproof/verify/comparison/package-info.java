/** The comparison of a restored database with what the manifest says was dumped. */
@NullMarked
package org.pgproof.verify.comparison;

import org.jspecify.annotations.NullMarked;

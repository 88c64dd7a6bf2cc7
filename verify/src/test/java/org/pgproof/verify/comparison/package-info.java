/** Tests of the comparison. */
@NullMarked
package org.pgproof.verify.comparison;

import org.jspecify.annotations.NullMarked;

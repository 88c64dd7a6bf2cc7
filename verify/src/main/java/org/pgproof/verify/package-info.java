/** The verify service. */
@NullMarked
package org.pgproof.verify;

import org.jspecify.annotations.NullMarked;

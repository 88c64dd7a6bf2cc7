/** Tests of the verification. */
@NullMarked
package org.pgproof.verify;

import org.jspecify.annotations.NullMarked;

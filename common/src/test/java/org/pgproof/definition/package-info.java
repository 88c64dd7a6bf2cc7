/** Tests of how definitions are compared. */
@NullMarked
package org.pgproof.definition;

import org.jspecify.annotations.NullMarked;

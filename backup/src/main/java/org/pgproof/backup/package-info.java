/** The backup service. */
@NullMarked
package org.pgproof.backup;

import org.jspecify.annotations.NullMarked;

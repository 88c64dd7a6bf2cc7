/** When two definitions mean the same although they are printed differently. */
@NullMarked
package org.pgproof.definition;

import org.jspecify.annotations.NullMarked;

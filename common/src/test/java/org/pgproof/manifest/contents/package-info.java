/** Tests of packed contents. */
@NullMarked
package org.pgproof.manifest.contents;

import org.jspecify.annotations.NullMarked;

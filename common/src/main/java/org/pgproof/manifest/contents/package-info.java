/** Tables, objects and sequences of a dump by the hundred thousand, packed to fit into little memory. */
@NullMarked
package org.pgproof.manifest.contents;

import org.jspecify.annotations.NullMarked;

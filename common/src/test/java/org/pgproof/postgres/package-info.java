/** Tests of how a server is reached, some of them against a real one. */
@NullMarked
package org.pgproof.postgres;

import org.jspecify.annotations.NullMarked;

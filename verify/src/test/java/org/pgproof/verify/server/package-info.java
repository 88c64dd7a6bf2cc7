/** Tests of what a verification makes on a server. */
@NullMarked
package org.pgproof.verify.server;

import org.jspecify.annotations.NullMarked;

/** The server that backups are restored into, and what a verification makes on it for a while. */
@NullMarked
package org.pgproof.verify.server;

import org.jspecify.annotations.NullMarked;

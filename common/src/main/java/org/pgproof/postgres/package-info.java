/** How a PostgreSQL server is reached: connection settings, client tools, child processes. */
@NullMarked
package org.pgproof.postgres;

import org.jspecify.annotations.NullMarked;

/** Tests of the reading of SQL. */
@NullMarked
package org.pgproof.dump.sql;

import org.jspecify.annotations.NullMarked;

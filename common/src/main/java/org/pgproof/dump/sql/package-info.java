/** SQL as psql reads it: where statements, words and names begin and end. */
@NullMarked
package org.pgproof.dump.sql;

import org.jspecify.annotations.NullMarked;

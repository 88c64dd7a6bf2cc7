/** The database that is backed up: its snapshot, pg_dump over it, and what a dump of it leaves out. */
@NullMarked
package org.pgproof.backup.source;

import org.jspecify.annotations.NullMarked;

/** Which backups are kept and why, and the only class that deletes. */
@NullMarked
package org.pgproof.backup.retention;

import org.jspecify.annotations.NullMarked;

/** Tests of the backup service: its parts alone, and backup.jar against real servers. */
@NullMarked
package org.pgproof.backup;

import org.jspecify.annotations.NullMarked;

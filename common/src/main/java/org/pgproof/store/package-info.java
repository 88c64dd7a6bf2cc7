/** What a store of backups can do, and the names under which backups lie there. */
@NullMarked
package org.pgproof.store;

import org.jspecify.annotations.NullMarked;

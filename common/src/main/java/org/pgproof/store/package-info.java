/** Where backups lie: their keys and names, uploads that become visible only when whole, reads that end only at the end. */
@NullMarked
package org.pgproof.store;

import org.jspecify.annotations.NullMarked;

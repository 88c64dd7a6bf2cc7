/** What a dump contains, written down while it was made, and how two of them are compared. */
@NullMarked
package org.pgproof.manifest;

import org.jspecify.annotations.NullMarked;

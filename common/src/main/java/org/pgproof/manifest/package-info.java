/** What a backup contains, what a verification found, and how the two are compared. */
@NullMarked
package org.pgproof.manifest;

import org.jspecify.annotations.NullMarked;

/** What a verification found: its checks, the verdict, and the document that tells of them. */
@NullMarked
package org.pgproof.receipt;

import org.jspecify.annotations.NullMarked;

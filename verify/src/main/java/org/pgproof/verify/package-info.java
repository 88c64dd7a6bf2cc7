/** The verify service: chooses a backup, leads its verification and reports the verdict. */
@NullMarked
package org.pgproof.verify;

import org.jspecify.annotations.NullMarked;

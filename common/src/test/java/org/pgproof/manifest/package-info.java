/** Tests of what a manifest and a receipt say. */
@NullMarked
package org.pgproof.manifest;

import org.jspecify.annotations.NullMarked;

/** Compression of one gzip member by the methods there are. */
@NullMarked
package org.pgproof.archive.deflate;

import org.jspecify.annotations.NullMarked;

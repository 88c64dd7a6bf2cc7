/** The environment variables both services read, checked once at start. */
@NullMarked
package org.pgproof.settings;

import org.jspecify.annotations.NullMarked;

/** Tests of the settings. */
@NullMarked
package org.pgproof.settings;

import org.jspecify.annotations.NullMarked;

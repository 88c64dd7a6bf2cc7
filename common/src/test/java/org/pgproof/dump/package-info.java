@NullMarked
package org.pgproof.dump;

import org.jspecify.annotations.NullMarked;

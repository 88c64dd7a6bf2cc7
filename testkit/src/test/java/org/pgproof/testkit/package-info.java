@NullMarked
package org.pgproof.testkit;

import org.jspecify.annotations.NullMarked;

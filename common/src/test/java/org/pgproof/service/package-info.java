/** Tests of what both services share around their cycles. */
@NullMarked
package org.pgproof.service;

import org.jspecify.annotations.NullMarked;

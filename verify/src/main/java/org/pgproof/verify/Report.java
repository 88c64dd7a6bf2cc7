package org.pgproof.verify;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pgproof.receipt.Receipt;

/**
 * What a report file holds: the receipt, and what was noticed beside it and is no part of the verdict.
 *
 * @param outdated that the newest backup is older than it may be; null when it is not
 * @param warnings what else somebody should look at
 */
record Report(@JsonUnwrapped Receipt receipt, @Nullable String outdated, List<String> warnings) {}

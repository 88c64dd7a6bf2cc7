/** What makes a command a service: the loop, the shutdown, the log, the exit codes. */
@NullMarked
package org.pgproof.service;

import org.jspecify.annotations.NullMarked;

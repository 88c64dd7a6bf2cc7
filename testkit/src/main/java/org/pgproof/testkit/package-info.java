/** Real PostgreSQL and real S3 servers, and the real jars as child processes, for tests and the quickstart. */
@NullMarked
package org.pgproof.testkit;

import org.jspecify.annotations.NullMarked;

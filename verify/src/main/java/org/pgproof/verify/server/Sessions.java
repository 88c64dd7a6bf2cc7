package org.pgproof.verify.server;

import org.pgproof.postgres.ClientTool;

/**
 * The sessions in which a backup is restored and read.
 *
 * @param psql with which they are opened
 * @param database in which they work
 * @param atOnce how many work side by side
 */
public record Sessions(ClientTool psql, TemporaryDatabase database, int atOnce) {}

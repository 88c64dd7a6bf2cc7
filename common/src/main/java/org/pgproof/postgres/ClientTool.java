package org.pgproof.postgres;

import java.nio.file.Path;

/** A client program found on this machine, and its version. */
public record ClientTool(Path path, ServerVersion version) {}

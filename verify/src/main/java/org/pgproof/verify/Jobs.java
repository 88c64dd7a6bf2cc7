package org.pgproof.verify;

import java.sql.SQLException;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Server;

/** Chooses how many sessions a verification uses at once. */
final class Jobs {
    private Jobs() {}

    /** One where the source itself runs, so that production feels it least; else as many as there are cores. */
    static int choose(Optional<Integer> wanted, Server server, Optional<Manifest> manifest)
            throws CouldNotVerifyException {
        if (manifest.isEmpty()) {
            return 1; // nothing would prove that the pieces were put together right
        }
        return wanted.isPresent()
                ? wanted.get()
                : byServer(server, manifest.get().source());
    }

    private static int byServer(Server server, Manifest.Source source) throws CouldNotVerifyException {
        String identifier = source.systemIdentifier();
        try {
            boolean sourcesOwn = identifier == null
                    || server.systemIdentifier().map(identifier::equals).orElse(true);
            return sourcesOwn ? 1 : Runtime.getRuntime().availableProcessors();
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the server cannot be asked who it is", e);
        }
    }
}

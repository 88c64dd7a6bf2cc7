package org.pgproof.verify;

import java.sql.SQLException;
import java.util.Optional;
import org.pgproof.manifest.Manifest;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses how many sessions a verification uses at once. */
final class Jobs {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);

    private static final int OTHERS = 4;

    private Jobs() {}

    /** One where the source itself runs, so that production feels it least; else as many as there are cores, if the server has room for them. */
    static int choose(Optional<Integer> wanted, Server server, Optional<Manifest> manifest)
            throws CouldNotVerifyException {
        if (manifest.isEmpty()) {
            return 1; // nothing would prove that the pieces were put together right
        }
        int asked = wanted.isPresent()
                ? wanted.get()
                : byServer(server, manifest.get().source());
        return asked == 1 ? 1 : limited(asked, wanted.isPresent(), server);
    }

    /** Never more than the server has connections for; of its own accord no more than half of what is free. */
    private static int limited(int asked, boolean wanted, Server server) throws CouldNotVerifyException {
        try {
            long free = server.freeConnections();
            int most = possible(wanted ? free : free / 2);
            if (wanted && most < asked) {
                log.warn("{} sessions instead of {}: the server has {} connections free", most, asked, free);
            }
            return Math.min(asked, most);
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the server cannot be asked how many connections it has free", e);
        }
    }

    /** Each session that restores has one beside it that reads, and a few more ask. */
    static int possible(long connections) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, (connections - OTHERS) / 2));
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

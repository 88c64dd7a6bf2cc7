package org.pgproof.verify;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pgproof.dump.RelationName;
import org.pgproof.manifest.Check;
import org.pgproof.manifest.Check.Name;
import org.pgproof.manifest.Manifest;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.Queries;
import org.pgproof.service.Quantity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the restored database with the manifest; without one, says what is there. */
record Comparison(TemporaryDatabase database, Verification verification, ClientTools tools, EarlyReading early) {
    private static final Logger log = LoggerFactory.getLogger(Comparison.class);

    /** Adds what it finds to the verification, check by check. */
    void run() throws IOException, InterruptedException, CouldNotVerifyException {
        Optional<Manifest> manifest = verification.backup().manifest();
        if (manifest.isPresent()) {
            new Proof(database, manifest.get(), tools, verification, early).check(verification::add);
            return;
        }
        try {
            verification.addAll(withoutManifest());
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the restored database cannot be read", e);
        }
    }

    private List<Check> withoutManifest() throws SQLException {
        try (Connection connection = database.open()) {
            List<RelationName> tables = new ArrayList<>();
            new RestoredCatalog(connection).tables((name, table) -> {
                if (!table.isPartitioned()) {
                    tables.add(name);
                }
            });
            tables.sort(Comparator.comparing(RelationName::toString));
            long rows = 0;
            for (RelationName table : tables) {
                long count = Queries.number(connection, "SELECT count(*) FROM ONLY " + table.quoted());
                log.info("Restored {}: {} rows", table, Quantity.count(count));
                rows += count;
            }
            log.info("Restored {}, {}", Quantity.count(tables.size(), "table"), Quantity.count(rows, "row"));
        }
        return Stream.of(Name.STRUCTURE, Name.ROWS, Name.CONTENT, Name.SEQUENCES, Name.LARGE_OBJECTS)
                .map(name -> Check.skipped(name, "no manifest says what it should be"))
                .toList();
    }
}

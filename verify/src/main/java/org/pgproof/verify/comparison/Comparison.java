package org.pgproof.verify.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.Queries;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.Sessions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the restored database with the manifest; without one, says what is there.
 *
 * @param proven the definitions in the dump's own text, where each is that of the manifest; else empty
 * @param early rows that were read while the restore went on
 * @param views materialized views that the dump fills, which the restore left to this
 */
public record Comparison(
        Sessions sessions,
        Optional<Manifest> manifest,
        List<SchemaObject> proven,
        ClientTools tools,
        EarlyReading early,
        List<RelationName> views) {
    private static final Logger log = LoggerFactory.getLogger(Comparison.class);

    /**
     * Makes every check that needs the restored database.
     *
     * @param found told each check as soon as it is made
     * @throws CouldNotVerifyException when the server fails
     */
    public void run(Consumer<Check> found) throws IOException, InterruptedException, CouldNotVerifyException {
        if (manifest.isPresent()) {
            new Proof(sessions, manifest.get(), proven, tools, early, views).check(found);
            return;
        }
        try {
            withoutManifest().forEach(found);
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the restored database cannot be read", e);
        }
    }

    private List<Check> withoutManifest() throws SQLException, InterruptedException, CouldNotVerifyException {
        List<Check> checks = new ArrayList<>();
        try (Connection connection = sessions.database().open()) {
            RestoredCatalog catalog = new RestoredCatalog(connection);
            sessions.database().silenceEventTriggers();
            countRows(catalog, connection);
            MaterializedViews filled = new MaterializedViews(connection);
            filled.fill(views);
            if (!filled.failures().isEmpty()) {
                checks.add(Check.failed(Name.STRUCTURE, ManifestComparison.shortened(filled.failures())));
            }
        }
        Stream.of(Name.STRUCTURE, Name.ROWS, Name.CONTENT, Name.SEQUENCES, Name.LARGE_OBJECTS)
                .skip(checks.size())
                .map(name -> Check.skipped(name, "no manifest says what it should be"))
                .forEach(checks::add);
        return checks;
    }

    private static void countRows(RestoredCatalog catalog, Connection connection) throws SQLException {
        List<RelationName> tables = new ArrayList<>();
        catalog.tables((name, table) -> {
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
}

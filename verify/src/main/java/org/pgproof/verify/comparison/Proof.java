package org.pgproof.verify.comparison;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.pgproof.definition.SchemaObject;
import org.pgproof.dump.SequenceValue;
import org.pgproof.dump.sql.RelationName;
import org.pgproof.manifest.Manifest;
import org.pgproof.manifest.ManifestComparison;
import org.pgproof.postgres.ClientTools;
import org.pgproof.postgres.ToolFailedException;
import org.pgproof.receipt.Check;
import org.pgproof.receipt.Check.Name;
import org.pgproof.service.Quantity;
import org.pgproof.verify.server.CouldNotVerifyException;
import org.pgproof.verify.server.MonetaryLocale;
import org.pgproof.verify.server.Psql;
import org.pgproof.verify.server.ServerTrouble;
import org.pgproof.verify.server.Sessions;
import org.pgproof.verify.server.TemporaryDatabase;

/** Compares the restored database, item by item, with what the manifest says was dumped. */
final class Proof {
    private final Sessions sessions;
    private final TemporaryDatabase database;
    private final Manifest manifest;
    private final List<SchemaObject> proven;
    private final ClientTools tools;
    private final EarlyReading early;
    private final List<RelationName> views;

    /**
     * Proves what a manifest says.
     *
     * @param proven the definitions in the dump's own text, where each is that of the manifest; else empty
     * @param early rows that were read while the restore went on
     * @param views materialized views that the dump fills
     */
    Proof(
            Sessions sessions,
            Manifest manifest,
            List<SchemaObject> proven,
            ClientTools tools,
            EarlyReading early,
            List<RelationName> views) {
        this.sessions = sessions;
        this.database = sessions.database();
        this.manifest = manifest;
        this.proven = proven;
        this.tools = tools;
        this.early = early;
        this.views = views;
    }

    /**
     * Makes every check that needs the restored database; none depends on how another ended.
     *
     * @param found told each check as soon as it is made: what was found stands, whatever stops those after it
     */
    void check(Consumer<Check> found) throws IOException, InterruptedException, CouldNotVerifyException {
        try (Connection connection = database.openForNames(manifest)) {
            RestoredCatalog catalog = new RestoredCatalog(connection);
            SchemaComparison schema = new SchemaComparison(database, manifest, proven, tools);
            SchemaComparison.Reading definitions = schema.read(catalog, connection);
            database.silenceEventTriggers();
            catalog.unforceRowSecurity();
            rowsAndContent(catalog, connection).forEach(found);
            found.accept(sequences(new RestoredSequences(connection)));
            found.accept(schema.largeObjects(definitions));
            MaterializedViews filled = new MaterializedViews(connection);
            filled.fill(views);
            found.accept(schema.structure(definitions, catalog, filled));
        } catch (SQLException e) {
            throw CouldNotVerifyException.of("the restored database cannot be read", e);
        }
    }

    private List<Check> rowsAndContent(RestoredCatalog catalog, Connection connection)
            throws IOException, InterruptedException, SQLException, CouldNotVerifyException {
        FoundTables tables = FoundTables.read(catalog::tables, manifest.tables());
        Map<String, String> settings = new TreeMap<>(manifest.source().textSettings());
        TableComparison comparison = new TableComparison(manifest, tables);
        comparison.skipMoney(unknownMonetary(catalog, connection, settings));
        try {
            List<TableReadings.Request> requests = comparison.requests(new RestoredColumns(connection));
            comparison.compare(requests, rows(catalog, tables, requests, settings));
        } catch (ToolFailedException e) {
            return unreadable(e);
        }
        comparison.unexpected(catalog.filled(comparison.tablesWithoutRows()));
        comparison.misread(new MisreadRows(connection).find(manifest.rowTypes()));
        return comparison.checks();
    }

    private TableRows rows(
            RestoredCatalog catalog,
            FoundTables tables,
            List<TableReadings.Request> requests,
            Map<String, String> settings)
            throws IOException, InterruptedException, SQLException {
        TableRows rows = early.untouched(catalog, tables, manifest.tables().size());
        List<TableReadings.Request> unread = requests.stream()
                .filter(request -> rows.get(request.place()) == null)
                .toList();
        new TableReadings(sessions, manifest, settings).read(unread, rows);
        return rows;
    }

    /** A table that cannot be read as it was dumped, such as one without a column, is not the one that was dumped. */
    private static List<Check> unreadable(ToolFailedException failure) throws IOException {
        Psql.SqlError error = Psql.firstError(failure.stderr()).orElseThrow(() -> failure);
        if (ServerTrouble.is(error.state())) {
            throw failure;
        }
        String reason = "a table cannot be read as it was dumped: " + error;
        return List.of(Check.failed(Name.ROWS, reason), Check.failed(Name.CONTENT, reason));
    }

    /** Returns the tables with amounts of money when this server cannot write them as the source does. */
    private static Set<RelationName> unknownMonetary(
            RestoredCatalog catalog, Connection connection, Map<String, String> settings) throws SQLException {
        if (MonetaryLocale.keepIfKnown(connection, settings)) {
            return Set.of();
        }
        return catalog.tablesWithMoney();
    }

    private Check sequences(RestoredSequences restored) throws SQLException {
        List<String> differences = new ArrayList<>();
        restored.differing(
                manifest.sequences(),
                (expected, found) -> differences.add(expected.schema() + "." + expected.name() + ": expected "
                        + display(expected) + ", found " + (found == null ? "none" : display(found))));
        return differences.isEmpty()
                ? Check.passed(
                        Name.SEQUENCES, Quantity.count(manifest.sequences().size()) + " compared")
                : Check.failed(Name.SEQUENCES, ManifestComparison.shortened(differences));
    }

    private static String display(SequenceValue value) {
        return value.lastValue() + (value.called() ? "" : " (not yet used)");
    }
}

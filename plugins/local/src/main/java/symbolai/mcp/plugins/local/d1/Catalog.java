package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** Says which databases there are; a database exists from the moment it stands here until it is struck out. */
final class Catalog {

    static final String FILE = "catalog.sqlite";
    static final String TABLE = "CREATE TABLE IF NOT EXISTS databases (uuid TEXT PRIMARY KEY,"
            + " name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL) STRICT";

    private static final String COLUMNS = "SELECT uuid, name, created_at FROM databases ";

    private final Records records;

    Catalog(Records records) {
        this.records = records;
    }

    /** Those whose name holds the text, by name. */
    Future<List<DatabaseEntry>> list(String text, int offset, int limit) {
        return records.rows(
                        COLUMNS + "WHERE instr(lower(name), lower(?)) > 0 ORDER BY name LIMIT ? OFFSET ?",
                        text,
                        limit,
                        offset)
                .map(Catalog::entries);
    }

    Future<DatabaseEntry> get(String uuid) {
        return records.rows(COLUMNS + "WHERE uuid = ?", uuid)
                .map(Catalog::entries)
                .compose(entries -> only(entries, uuid));
    }

    /** Enters a database, and that something was made which is made only once. */
    Future<Void> enter(DatabaseEntry entry, List<String> madeOnce) {
        var insert = SqliteStatement.of(
                "INSERT INTO databases (uuid, name, created_at) VALUES (?, ?, ?)",
                entry.uuid(),
                entry.name(),
                entry.createdAt().toEpochMilli());
        var marks = madeOnce.stream().map(Records::mark);
        return records.batch(Stream.concat(Stream.of(insert), marks).toList())
                .recover(failure ->
                        Future.failedFuture(Records.explained(failure, "databases.name", () -> taken(entry.name()))))
                .mapEmpty();
    }

    Future<Void> strikeOut(String uuid) {
        return records.change("DELETE FROM databases WHERE uuid = ?", uuid)
                .compose(changes -> changes == 0 ? Future.failedFuture(missing(uuid)) : Future.succeededFuture());
    }

    Future<Boolean> wasMade(String what) {
        return records.wasMade(what);
    }

    Future<Set<String>> uuids() {
        return records.rows(COLUMNS).map(Catalog::uuids);
    }

    static ToolException missing(String uuid) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no D1 database with the uuid " + uuid + "; d1_list_databases names those there are");
    }

    private static ToolException taken(String name) {
        return new ToolException(ToolException.Reason.CONFLICT, "there is a D1 database named " + name + " already");
    }

    private static Future<DatabaseEntry> only(List<DatabaseEntry> entries, String uuid) {
        return entries.isEmpty() ? Future.failedFuture(missing(uuid)) : Future.succeededFuture(entries.get(0));
    }

    private static Set<String> uuids(List<Row> rows) {
        var uuids = new HashSet<String>();
        rows.forEach(row -> uuids.add(row.text(0)));
        return uuids;
    }

    private static List<DatabaseEntry> entries(List<Row> rows) {
        return rows.stream()
                .map(row -> new DatabaseEntry(row.text(0), row.text(1), row.time(2)))
                .toList();
    }
}

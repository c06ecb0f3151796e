package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteCaps;
import symbolai.mcp.api.SqliteResult;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;

/** Says which databases there are; a database exists from the moment it stands here until it is struck out. */
final class Catalog {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String COLUMNS = "SELECT uuid, name, created_at FROM databases ";

    private final Sqlite sqlite;

    Catalog(Sqlite sqlite) {
        this.sqlite = sqlite;
    }

    Future<Void> prepare() {
        return batch(List.of(
                        SqliteStatement.of("CREATE TABLE IF NOT EXISTS databases (uuid TEXT PRIMARY KEY,"
                                + " name TEXT NOT NULL UNIQUE, created_at INTEGER NOT NULL) STRICT"),
                        SqliteStatement.of("CREATE TABLE IF NOT EXISTS made_once (what TEXT PRIMARY KEY) STRICT")))
                .mapEmpty();
    }

    /** Those whose name holds the text, by name. */
    Future<List<DatabaseEntry>> list(String text, int offset, int limit) {
        return query(
                        COLUMNS + "WHERE instr(lower(name), lower(?)) > 0 ORDER BY name LIMIT ? OFFSET ?",
                        text,
                        limit,
                        offset)
                .map(Catalog::entries);
    }

    Future<DatabaseEntry> get(String uuid) {
        return query(COLUMNS + "WHERE uuid = ?", uuid).map(Catalog::entries).compose(entries -> only(entries, uuid));
    }

    /** Enters a database, and that something was made which is made only once. */
    Future<Void> enter(DatabaseEntry entry, List<String> madeOnce) {
        var insert = SqliteStatement.of(
                "INSERT INTO databases (uuid, name, created_at) VALUES (?, ?, ?)",
                entry.uuid(),
                entry.name(),
                entry.createdAt().toEpochMilli());
        var marks = madeOnce.stream().map(what -> SqliteStatement.of("INSERT INTO made_once (what) VALUES (?)", what));
        var statements = Stream.concat(Stream.of(insert), marks).toList();
        return batch(statements)
                .recover(failure -> Future.failedFuture(explained(failure, entry.name())))
                .mapEmpty();
    }

    Future<Void> strikeOut(String uuid) {
        return query("DELETE FROM databases WHERE uuid = ?", uuid)
                .compose(result ->
                        result.changes() == 0 ? Future.failedFuture(missing(uuid)) : Future.succeededFuture());
    }

    Future<Boolean> wasMade(String what) {
        return query("SELECT what FROM made_once WHERE what = ?", what)
                .map(result -> !result.rows().isEmpty());
    }

    Future<Set<String>> uuids() {
        return query(COLUMNS).map(Catalog::entries).map(Catalog::uuids);
    }

    static ToolException missing(String uuid) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no D1 database with the uuid " + uuid + "; d1_list_databases names those there are");
    }

    private static Throwable explained(Throwable failure, String name) {
        var taken = failure instanceof ToolException known
                && known.reason() == ToolException.Reason.INVALID
                && String.valueOf(known.getMessage()).contains("databases.name");
        return taken
                ? new ToolException(ToolException.Reason.CONFLICT, "there is a D1 database named " + name + " already")
                : failure;
    }

    private static Future<DatabaseEntry> only(List<DatabaseEntry> entries, String uuid) {
        return entries.isEmpty() ? Future.failedFuture(missing(uuid)) : Future.succeededFuture(entries.get(0));
    }

    private static Set<String> uuids(List<DatabaseEntry> entries) {
        var uuids = new HashSet<String>();
        entries.forEach(entry -> uuids.add(entry.uuid()));
        return uuids;
    }

    private static List<DatabaseEntry> entries(SqliteResult result) {
        return result.rows().stream().map(Catalog::entry).toList();
    }

    private static DatabaseEntry entry(List<@Nullable Object> row) {
        var createdAt = row.get(2) instanceof Long millis ? Instant.ofEpochMilli(millis) : Instant.EPOCH;
        return new DatabaseEntry(String.valueOf(row.get(0)), String.valueOf(row.get(1)), createdAt);
    }

    private Future<SqliteResult> query(String sql, Object... params) {
        return sqlite.query(
                SqliteStatement.of(sql, params), SqliteCaps.NONE, Deadline.after(PATIENCE), Cancellation.NEVER);
    }

    private Future<List<SqliteResult>> batch(List<SqliteStatement> statements) {
        return sqlite.batch(statements, SqliteCaps.NONE, Deadline.after(PATIENCE), Cancellation.NEVER);
    }
}

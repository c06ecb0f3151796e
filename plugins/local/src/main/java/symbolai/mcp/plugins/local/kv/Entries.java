package symbolai.mcp.plugins.local.kv;

import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Cursor;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;
import symbolai.mcp.plugins.local.store.Stored;

/** The values of all namespaces. What has expired is not there, and is removed now and then. */
final class Entries {

    private static final String COLUMNS = "SELECT key, bytes, body, file, expires, metadata FROM kv_entries ";
    private static final String ALIVE = " AND (expires IS NULL OR expires > ?)";
    private static final String PUT = """
            INSERT INTO kv_entries (namespace, key, bytes, body, file, expires, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (namespace, key) DO UPDATE SET bytes = excluded.bytes, body = excluded.body, file = excluded.file,
              expires = excluded.expires, metadata = excluded.metadata""";

    private final Records records;
    private final Blobs blobs;
    private final InstantSource clock;

    Entries(Records records, Blobs blobs, InstantSource clock) {
        this.records = records;
        this.blobs = blobs;
        this.clock = clock;
    }

    /** Those with the prefix, from the bound on. */
    Future<List<Row>> list(String namespace, byte[] prefix, Optional<byte[]> from, int limit) {
        return records.rows(
                "SELECT key, expires, metadata FROM kv_entries WHERE namespace = ? AND key >= ? AND key < ?" + ALIVE
                        + " ORDER BY key LIMIT ?",
                namespace,
                from.map(bound -> Cursor.greater(bound, prefix)).orElse(prefix),
                Cursor.above(prefix),
                now(),
                limit);
    }

    Future<Optional<Row>> find(String namespace, byte[] key) {
        return records.rows(COLUMNS + "WHERE namespace = ? AND key = ?" + ALIVE, namespace, key, now())
                .map(rows -> rows.stream().findFirst());
    }

    /** The beginning of a value that was found. */
    Future<byte[]> read(Row row, int most) {
        return blobs.read(Stored.of(row, 2, 3), most);
    }

    /** Writes all, or none. */
    Future<Void> put(String namespace, List<KvEntry> entries) {
        return blobs.writeAll(entries.stream().map(KvEntry::value).toList())
                .compose(stored -> enter(namespace, entries, stored));
    }

    Future<Void> delete(String namespace, List<byte[]> keys) {
        var statements = keys.stream()
                .map(key ->
                        SqliteStatement.of("DELETE FROM kv_entries WHERE namespace = ? AND key = ?", namespace, key))
                .toList();
        return records.batch(statements).compose(done -> blobs.clean());
    }

    /** Removes what has expired. */
    Future<Void> sweep() {
        return records.change("DELETE FROM kv_entries WHERE expires <= ?", now())
                .compose(removed -> removed == 0 ? Future.succeededFuture() : blobs.clean());
    }

    static SqliteStatement statement(String namespace, KvEntry entry, Stored stored) {
        return SqliteStatement.of(
                PUT,
                namespace,
                entry.key(),
                entry.value().length,
                stored.inline().orElse(null),
                stored.file().orElse(null),
                entry.expires().orElse(null),
                entry.metadata().orElse(null));
    }

    private Future<Void> enter(String namespace, List<KvEntry> entries, List<Stored> stored) {
        var statements = new ArrayList<SqliteStatement>();
        for (var index = 0; index < entries.size(); index++) {
            statements.add(statement(namespace, entries.get(index), stored.get(index)));
        }
        return records.batch(statements)
                .recover(failure -> forget(namespace, stored, failure))
                .compose(done -> blobs.clean());
    }

    private <T> Future<T> forget(String namespace, List<Stored> stored, Throwable failure) {
        var better = Records.explained(failure, "FOREIGN KEY", () -> Namespaces.unknown(namespace));
        return blobs.drop(stored).transform(dropped -> Future.failedFuture(better));
    }

    private long now() {
        return clock.instant().getEpochSecond();
    }
}

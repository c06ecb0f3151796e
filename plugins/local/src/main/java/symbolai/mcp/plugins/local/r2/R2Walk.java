package symbolai.mcp.plugins.local.r2;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Cursor;
import symbolai.mcp.plugins.local.store.Payload;
import symbolai.mcp.plugins.local.store.Row;

/**
 * One page of a listing.
 *
 * @param prefix what all keys begin with
 * @param delimiter what ends a folder; empty for no folders
 * @param from the least key
 * @param limit the most entries, folders included
 */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
record R2Walk(byte[] prefix, byte[] delimiter, byte[] from, int limit) {

    private static final String FLAT = "SELECT " + R2Object.KNOWN
            + " FROM r2_objects o WHERE o.bucket = ? AND o.key >= ? AND o.key < ? ORDER BY o.key LIMIT ?";

    /** Goes over all keys of a folder in one step: to the first key above its own. Joined blobs have to be made blobs again. */
    private static final String FOLDERS = """
            WITH RECURSIVE walk(key) AS (
              SELECT (SELECT key FROM r2_objects WHERE bucket = ?1 AND key >= ?2 AND key < ?3 ORDER BY key LIMIT 1)
              UNION ALL
              SELECT (SELECT o.key FROM r2_objects o WHERE o.bucket = ?1 AND o.key < ?3 AND o.key >=
                  CASE instr(substr(walk.key, ?5 + 1), ?6) WHEN 0 THEN CAST(walk.key || x'00' AS BLOB)
                  ELSE CAST(substr(walk.key, 1, ?5 + instr(substr(walk.key, ?5 + 1), ?6) + ?7 - 1) || x'ff' AS BLOB) END
                  ORDER BY o.key LIMIT 1)
                FROM walk WHERE walk.key IS NOT NULL
              LIMIT ?4)
            SELECT %s FROM walk JOIN r2_objects o ON o.bucket = ?1 AND o.key = walk.key ORDER BY o.key""".formatted(R2Object.KNOWN);

    static R2Walk of(Operation operation) {
        var prefix = Payload.utf8("the prefix", operation.arguments().getString("prefix", ""));
        var delimiter = Payload.utf8("the delimiter", operation.arguments().getString("delimiter", ""));
        var from = Cursor.read(operation.arguments())
                .map(bound -> Cursor.greater(bound, prefix))
                .orElse(prefix);
        return new R2Walk(prefix, delimiter, from, operation.arguments().getInteger("limit", 1000));
    }

    /** Asks for one more than the limit, to know whether there are more. */
    SqliteStatement statement(long bucket) {
        var high = Cursor.above(prefix);
        return delimiter.length == 0
                ? SqliteStatement.of(FLAT, bucket, from, high, limit + 1)
                : SqliteStatement.of(
                        FOLDERS, bucket, from, high, limit + 1, prefix.length, delimiter, delimiter.length);
    }

    JsonObject page(List<Row> rows) {
        var objects = new JsonArray();
        var folders = new JsonArray();
        for (var row : rows.subList(0, Math.min(limit, rows.size()))) {
            var key = row.bytes(0);
            var end = folderEnd(key);
            if (end > 0) {
                folders.add(new String(key, 0, end, StandardCharsets.UTF_8));
            } else {
                objects.add(R2Object.of(row).json());
            }
        }
        var json = new JsonObject().put("objects", objects).put("prefixes", folders);
        return rows.size() > limit
                ? json.put("cursor", Cursor.text(next(rows.get(limit - 1).bytes(0))))
                : json;
    }

    private byte[] next(byte[] last) {
        var end = folderEnd(last);
        return end > 0 ? Cursor.above(Arrays.copyOf(last, end)) : Cursor.after(last);
    }

    /** Where the folder's name ends that holds the key, or 0. */
    private int folderEnd(byte[] key) {
        if (delimiter.length == 0) {
            return 0;
        }
        for (var at = prefix.length; at + delimiter.length <= key.length; at++) {
            if (Arrays.equals(key, at, at + delimiter.length, delimiter, 0, delimiter.length)) {
                return at + delimiter.length;
            }
        }
        return 0;
    }
}

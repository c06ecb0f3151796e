package symbolai.mcp.plugins.local.kv;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import symbolai.mcp.plugins.local.store.Cursor;
import symbolai.mcp.plugins.local.store.Payload;
import symbolai.mcp.plugins.local.store.Row;

/** Writes the JSON of KV's operations. */
final class KvJson {

    private KvJson() {}

    /** One more than the limit was asked for, to know whether there are more. */
    static JsonObject keys(List<Row> rows, int limit) {
        var keys = new JsonArray();
        rows.stream().limit(limit).map(KvJson::key).forEach(keys::add);
        var json = new JsonObject().put("keys", keys);
        return rows.size() > limit
                ? json.put("cursor", Cursor.text(rows.get(limit).bytes(0)))
                : json;
    }

    /** The columns of {@link Entries#find}, and the beginning of the value. */
    static JsonObject value(Row row, byte[] bytes) {
        var truncated = row.number(1) > bytes.length;
        var json = new JsonObject().put("bytes", row.number(1)).put("truncated", truncated);
        putTimes(json, row, 4);
        return truncated ? Payload.writeCut(json, bytes) : Payload.write(json, bytes);
    }

    static JsonObject keyed(String key, Row row, byte[] bytes) {
        var json = new JsonObject().put("key", key);
        row.optionalText(5).ifPresent(metadata -> json.put("metadata", Json.decodeValue(metadata)));
        return Payload.write(json, bytes);
    }

    static JsonObject count(String name, int count) {
        return new JsonObject().put(name, count).put("failed", new JsonArray());
    }

    private static JsonObject key(Row row) {
        return putTimes(new JsonObject().put("name", new String(row.bytes(0), StandardCharsets.UTF_8)), row, 1);
    }

    private static JsonObject putTimes(JsonObject json, Row row, int expires) {
        row.optionalNumber(expires)
                .ifPresent(seconds ->
                        json.put("expiration", Instant.ofEpochSecond(seconds).toString()));
        row.optionalText(expires + 1).ifPresent(metadata -> json.put("metadata", Json.decodeValue(metadata)));
        return json;
    }
}

package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.StrictJson;

/** Reads objects that {@code wrangler dev} left behind. */
final class KeptR2 implements R2Source {

    private static final int MOST = 1000;
    private static final int MOST_BYTES = 32 << 20;
    private static final String COLUMNS = "SELECT key, size, etag, uploaded, http_metadata, custom_metadata, blob_id";

    private final KeptFiles files;

    KeptR2(FamilyContext context) {
        this.files = new KeptFiles(context);
    }

    @Override
    public Future<JsonObject> list(Store store, Operation operation) {
        var arguments = operation.arguments();
        var limit = arguments.getInteger("limit", MOST);
        var prefix = arguments.getString("prefix", "");
        var delimiter = Optional.ofNullable(arguments.getString("delimiter"));
        var after = KeyCursor.read(arguments.getString("cursor", ""));
        // Of all that lie deeper in one place, the group shows one, under the name of the place.
        var depth = delimiter.isPresent() ? "instr(substr(key, length(?2) + 1), ?3)" : "0";
        var group = "CASE " + depth + " WHEN 0 THEN key ELSE substr(key, 1, length(?2) + " + depth
                + " + length(?3) - 1) END";
        var statement = new SqliteStatement(
                COLUMNS + ", " + group + " AS place, " + depth
                        + " AS depth FROM _mf_objects WHERE substr(key, 1, length(?2)) = ?2 AND place > ?1"
                        + " AND ?3 IS NOT NULL GROUP BY place ORDER BY place LIMIT ?4",
                List.of(after, prefix, delimiter.orElse(""), limit + 1));
        return files.rows(store, statement, operation).map(rows -> page(rows, limit));
    }

    @Override
    public Future<JsonObject> head(Store store, String key, Operation operation) {
        return row(store, key, operation).map(KeptR2::object);
    }

    @Override
    public Future<Reply> body(Store store, JsonObject object, Operation operation) {
        if (object.getLong("size") > MOST_BYTES) {
            throw new ToolException(
                    Reason.UNAVAILABLE,
                    "the object is larger than " + MOST_BYTES + " bytes; start wrangler dev to get all of it");
        }
        return row(store, object.getString("key"), operation)
                .compose(row -> blobs(store, row, operation))
                .compose(blobs -> files.bytes(store, blobs, MOST_BYTES))
                .map(bytes -> new Reply(object, Optional.of(new HeldBytes(bytes))));
    }

    private Future<List<@Nullable Object>> row(Store store, String key, Operation operation) {
        var statement = SqliteStatement.of(COLUMNS + " FROM _mf_objects WHERE key = ?", key);
        return files.rows(store, statement, operation)
                .map(rows -> rows.stream()
                        .findFirst()
                        .orElseThrow(() -> new ToolException(Reason.NOT_FOUND, "there is no object \"" + key + "\"")));
    }

    /** An object that was uploaded in parts has no bytes of its own. */
    private Future<List<String>> blobs(Store store, List<@Nullable Object> row, Operation operation) {
        if (row.get(6) instanceof String blob) {
            return Future.succeededFuture(List.of(blob));
        }
        var statement = SqliteStatement.of(
                "SELECT blob_id FROM _mf_multipart_parts WHERE object_key = ? ORDER BY part_number", row.get(0));
        return files.rows(store, statement, operation)
                .map(rows ->
                        rows.stream().map(part -> String.valueOf(part.get(0))).toList());
    }

    private static JsonObject page(List<List<@Nullable Object>> rows, int limit) {
        var kept = rows.subList(0, Math.min(limit, rows.size()));
        var objects = kept.stream().filter(KeptR2::isObject).map(KeptR2::object).toList();
        var prefixes =
                kept.stream().filter(row -> !isObject(row)).map(KeptR2::place).toList();
        var page = DevR2.page(objects, prefixes);
        return rows.size() > limit ? page.put("cursor", KeyCursor.write(place(kept.get(limit - 1)))) : page;
    }

    private static boolean isObject(List<@Nullable Object> row) {
        return row.get(8) instanceof Number depth && depth.intValue() == 0;
    }

    private static String place(List<@Nullable Object> row) {
        return String.valueOf(row.get(7));
    }

    private static JsonObject object(List<@Nullable Object> row) {
        var object = new JsonObject().put("key", String.valueOf(row.get(0)));
        object.put("size", row.get(1) instanceof Number size ? size.longValue() : 0);
        object.put("etag", String.valueOf(row.get(2)));
        var uploaded = row.get(3) instanceof Number millis ? millis : Integer.valueOf(0);
        object.put("uploadedAt", Fields.utc(uploaded).orElse("1970-01-01T00:00:00Z"));
        return R2Json.described(object, json(row.get(4)), json(row.get(5)));
    }

    private static Fields json(@Nullable Object text) {
        try {
            return Fields.loose(StrictJson.read(Buffer.buffer(String.valueOf(text))));
        } catch (IOException unsound) {
            return Fields.loose("");
        }
    }
}

package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.StrictJson;

/** Reads keys and values that {@code wrangler dev} left behind. */
final class KeptKv implements KvSource {

    private static final int MOST_BYTES = 25 << 20;
    /** Miniflare removes what has ended only when it is asked for it. The time is in milliseconds. */
    private static final String VALID = "(expiration IS NULL OR expiration > ?)";

    private final KeptFiles files;

    KeptKv(FamilyContext context) {
        this.files = new KeptFiles(context);
    }

    @Override
    public Future<List<JsonObject>> keys(Store store, String prefix, String after, int limit, Operation operation) {
        var statement = SqliteStatement.of(
                "SELECT key, blob_id, expiration, metadata FROM _mf_entries WHERE " + VALID
                        + " AND key > ? AND substr(key, 1, length(?)) = ? ORDER BY key LIMIT ?",
                System.currentTimeMillis(),
                after,
                prefix,
                prefix,
                limit + 1);
        return files.rows(store, statement, operation)
                .map(rows ->
                        rows.stream().map(KeptKv::entry).peek(KeptKv::hideBlob).toList());
    }

    @Override
    public Future<JsonObject> entry(Store store, String key, Operation operation) {
        var statement = SqliteStatement.of(
                "SELECT key, blob_id, expiration, metadata FROM _mf_entries WHERE " + VALID + " AND key = ?",
                System.currentTimeMillis(),
                key);
        return files.rows(store, statement, operation)
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(KeptKv::entry)
                        .orElseThrow(() -> new ToolException(Reason.NOT_FOUND, "there is no key \"" + key + "\"")));
    }

    @Override
    public Future<JsonObject> value(Store store, JsonObject entry, int maxBytes, Operation operation) {
        return files.bytes(store, List.of(entry.getString("blob")), MOST_BYTES)
                .map(bytes -> KvValue.of(entry, bytes, bytes.length(), maxBytes));
    }

    private static void hideBlob(JsonObject entry) {
        entry.remove("blob");
    }

    private static JsonObject entry(List<@Nullable Object> row) {
        var entry = new JsonObject().put("name", String.valueOf(row.get(0))).put("blob", String.valueOf(row.get(1)));
        if (row.get(2) instanceof Number millis) {
            Fields.utc(millis).ifPresent(time -> entry.put("expiration", time));
        }
        if (row.get(3) instanceof String metadata) {
            metadata(entry, metadata);
        }
        return entry;
    }

    /** Metadata that is no JSON is left out. */
    private static void metadata(JsonObject entry, String text) {
        try {
            var value = StrictJson.read(Buffer.buffer(text));
            if (value != null) {
                entry.put("metadata", value);
            }
        } catch (IOException unsound) {
            entry.remove("metadata");
        }
    }
}

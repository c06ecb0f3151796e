package symbolai.mcp.plugins.kv;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Does what the tools about keys and single values do. */
final class ValueTools {

    private static final int KEYS = 100;

    private final Fence fence;
    private final KnownTitles titles;
    private final KvUpdates updates;
    private final InstantSource clock;

    ValueTools(Fence fence, KnownTitles titles, KvUpdates updates, InstantSource clock) {
        this.fence = fence;
        this.titles = titles;
        this.updates = updates;
        this.clock = clock;
    }

    Future<ToolResult> keys(ToolCall call) {
        var client = client(call);
        var limit = call.arguments().getInteger("limit", KEYS);
        return client.findId(namespace(call))
                .compose(id -> keys(client, id, call.arguments(), limit))
                .map(this::fenced);
    }

    Future<ToolOutcome> get(ToolCall call) {
        var client = client(call);
        var key = key(call);
        var bytes = call.takesStream() ? KvEntry.MOST_BYTES : ReplyCap.VALUE_BYTES;
        return client.findId(namespace(call))
                .compose(id -> client.get(id, key, bytes)
                        .map(found -> call.takesStream() ? download(key, found) : fenced(shown(id, key, found))));
    }

    private static ToolOutcome download(KvKey key, JsonObject found) {
        var text = Optional.ofNullable(found.getString("text")).map(Buffer::buffer);
        var bytes = text.orElseGet(() -> Buffer.buffer(Base64.getDecoder().decode(found.getString("base64", ""))));
        return new Streamed("application/octet-stream", key.fileName(), new ValueStream(bytes));
    }

    Future<ToolResult> put(ToolCall call) {
        var client = client(call);
        var entry = KvEntry.from(call.arguments(), clock.instant());
        return client.findId(namespace(call))
                .compose(id -> client.put(id, entry)
                        .onSuccess(done -> updates.changed(id, entry.key()))
                        .map(done -> named(id, entry.key()).put("bytes", entry.bytes())))
                .map(ToolResult::json);
    }

    Future<ToolOutcome> delete(ToolCall call) {
        var client = client(call);
        var key = key(call);
        return client.findId(namespace(call))
                .compose(id -> confirmation(id, key).before(call, () -> delete(client, id, key)));
    }

    private Future<ToolResult> delete(KvClient client, String id, KvKey key) {
        return client.delete(id, key)
                .onSuccess(done -> updates.changed(id, key))
                .map(done -> ToolResult.json(named(id, key)));
    }

    private static Confirmation confirmation(String id, KvKey key) {
        var deed = "Delete the key \"%s\" of the KV namespace %s".formatted(Quoted.text(key.text()), id);
        return new Confirmation(deed, key.text(), id + "/" + key.text());
    }

    /** Long keys with much metadata are too much to read at once; then fewer are asked for, so that the cursor stays true. */
    private static Future<JsonObject> keys(KvClient client, String id, JsonObject arguments, int limit) {
        var cursor = Optional.ofNullable(arguments.getString("cursor"));
        return client.keys(id, arguments.getString("prefix", ""), limit, cursor)
                .map(found -> found.put("count", found.getJsonArray("keys").size()))
                .compose(found -> limit == 1 || ReplyCap.holds(found)
                        ? Future.succeededFuture(found)
                        : keys(client, id, arguments, limit / 2));
    }

    /** Control characters take more room in JSON than in the store, so a text is measured once more. */
    static JsonObject shown(String id, KvKey key, JsonObject found) {
        var json = named(id, key).mergeIn(found);
        Optional.ofNullable(found.getString("text"))
                .map(text -> ReplyCap.beginning(text, ReplyCap.BYTES - room(json)))
                .filter(text -> text.length() < found.getString("text").length())
                .ifPresent(text -> json.put("text", text).put("truncated", true));
        return json.getBoolean("truncated")
                ? json.put("hint", "Only the beginning is here; a download over REST or by the command has all of it.")
                : json;
    }

    /** What the rest takes, and some for the hint. */
    private static int room(JsonObject json) {
        return 1024 + ReplyCap.bytes(json.copy().put("text", ""));
    }

    private static JsonObject named(String id, KvKey key) {
        return new JsonObject().put("namespaceId", id).put("key", key.text());
    }

    private static String namespace(ToolCall call) {
        return call.arguments().getString("namespaceId");
    }

    private static KvKey key(ToolCall call) {
        return KvKey.of(call.arguments().getString("key"));
    }

    private KvClient client(ToolCall call) {
        return new KvClient(call, titles);
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

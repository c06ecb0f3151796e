package symbolai.mcp.plugins.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.PlanHash;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Does what the tools about many values at once do; what would be lost is shown before it is. */
final class BulkTools {

    private static final int AT_ONCE = 100;
    private static final int SHOWN = 20;

    private final Fence fence;
    private final KnownTitles titles;
    private final KvUpdates updates;
    private final InstantSource clock;

    BulkTools(Fence fence, KnownTitles titles, KvUpdates updates, InstantSource clock) {
        this.fence = fence;
        this.titles = titles;
        this.updates = updates;
        this.clock = clock;
    }

    Future<ToolResult> get(ToolCall call) {
        var client = client(call);
        var keys = keys(call);
        return client.findId(namespace(call))
                .compose(id -> client.bulkGet(id, keys, ReplyCap.VALUE_BYTES))
                .map(BulkTools::fitting)
                .map(found -> found.put("count", found.getJsonArray("values").size()))
                .map(this::fenced);
    }

    Future<ToolResult> put(ToolCall call) {
        var client = client(call);
        var now = clock.instant();
        var entries = call.arguments().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .map(entry -> KvEntry.from(entry, now))
                .toList();
        var keys = KvKey.distinct(
                entries.stream().map(KvEntry::key).map(KvKey::text).toList());
        return client.findId(namespace(call))
                .compose(id -> existing(client, id, keys).compose(there -> {
                    var hash = hash(call, id, there, entries.stream().map(KvEntry::canonical));
                    return planned(call)
                            ? Future.succeededFuture(plan("written over", id, keys, there, hash))
                            : write(client, id, entries, checked(call, hash, there));
                }))
                .map(this::fenced);
    }

    Future<ToolResult> delete(ToolCall call) {
        var client = client(call);
        var keys = keys(call);
        return client.findId(namespace(call))
                .compose(id -> existing(client, id, keys).compose(there -> {
                    var hash = hash(call, id, there, keys.stream().map(KvKey::text));
                    return planned(call)
                            ? Future.succeededFuture(plan("deleted", id, keys, there, hash))
                            : delete(client, id, keys, checked(call, hash, there));
                }))
                .map(this::fenced);
    }

    private Future<JsonObject> write(KvClient client, String id, List<KvEntry> entries, List<String> there) {
        var keys = entries.stream().map(KvEntry::key).toList();
        return client.bulkPut(id, entries)
                .onSuccess(done -> tell(id, keys, done))
                .map(done -> result(id, keys, there).mergeIn(done));
    }

    private Future<JsonObject> delete(KvClient client, String id, List<KvKey> keys, List<String> there) {
        return client.bulkDelete(id, keys)
                .onSuccess(done -> tell(id, keys, done))
                .map(done -> result(id, keys, there).mergeIn(done));
    }

    private void tell(String id, List<KvKey> keys, JsonObject done) {
        var failed = done.getJsonArray("failed").stream().collect(Collectors.toSet());
        keys.stream().filter(key -> !failed.contains(key.text())).forEach(key -> updates.changed(id, key));
    }

    /** Those of the keys that are there, asked for in portions with next to nothing of their values. */
    private static Future<List<String>> existing(KvClient client, String id, List<KvKey> keys) {
        var portion = keys.subList(0, Math.min(AT_ONCE, keys.size()));
        var rest = keys.subList(portion.size(), keys.size());
        return client.bulkGet(id, portion, 1)
                .map(BulkTools::found)
                .compose(found -> rest.isEmpty()
                        ? Future.succeededFuture(found)
                        : existing(client, id, rest)
                                .map(more -> Stream.concat(found.stream(), more.stream())
                                        .toList()));
    }

    private static List<String> found(JsonObject reply) {
        var given = reply.getJsonArray("values").stream()
                .map(JsonObject.class::cast)
                .map(value -> value.getString("key"));
        var omitted = reply.getJsonArray("omitted").stream().map(String.class::cast);
        return Stream.concat(given, omitted).toList();
    }

    private static JsonObject plan(String deed, String id, List<KvKey> keys, List<String> there, PlanHash hash) {
        return result(id, keys, there)
                .put("dryRun", true)
                .put(PlanHash.ARGUMENT, hash.text())
                .put(
                        "hint",
                        "Nothing was changed. %d of %d keys exist and would be %s; to do it, call again with the same arguments, dryRun false and planHash \"%s\"."
                                .formatted(there.size(), keys.size(), deed, hash.text()));
    }

    private static JsonObject result(String id, List<KvKey> keys, List<String> there) {
        return new JsonObject()
                .put("namespaceId", id)
                .put("dryRun", false)
                .put("count", keys.size())
                .put("existingCount", there.size())
                .put("existingKeys", new JsonArray(there.stream().limit(SHOWN).toList()));
    }

    private static boolean planned(ToolCall call) {
        return call.arguments().getBoolean("dryRun", true);
    }

    /** What was shown is what will be lost, and nothing else. */
    private static List<String> checked(ToolCall call, PlanHash hash, List<String> there) {
        hash.check(call);
        return there;
    }

    /** The backend may name the keys that are there in any order. */
    private static PlanHash hash(ToolCall call, String id, List<String> there, Stream<String> asked) {
        var lost = new JsonArray(there.stream().sorted().toList()).encode();
        return PlanHash.of(Stream.concat(Stream.of(call.tool(), id, lost), asked));
    }

    /** Control characters take more room in JSON than in the store; what is too much is named instead. */
    private static JsonObject fitting(JsonObject reply) {
        var values = reply.getJsonArray("values").stream()
                .map(JsonObject.class::cast)
                .toList();
        var omitted = reply.getJsonArray("omitted").copy();
        var room = ReplyCap.BYTES - ReplyCap.bytes(reply.copy().put("values", new JsonArray()));
        var kept = new JsonArray();
        for (var value : values) {
            room -= ReplyCap.bytes(value) + 1;
            if (room >= 0) {
                kept.add(value);
            } else {
                omitted.add(value.getString("key"));
            }
        }
        return reply.copy().put("values", kept).put("omitted", omitted);
    }

    private static List<KvKey> keys(ToolCall call) {
        return KvKey.distinct(call.arguments().getJsonArray("keys").stream()
                .map(String.class::cast)
                .toList());
    }

    private static String namespace(ToolCall call) {
        return call.arguments().getString("namespaceId");
    }

    private KvClient client(ToolCall call) {
        return new KvClient(call, titles);
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

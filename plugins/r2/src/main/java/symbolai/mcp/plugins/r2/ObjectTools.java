package symbolai.mcp.plugins.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Does what the tools that list, write and delete objects do. */
final class ObjectTools {

    private static final int OBJECTS = 100;

    private final Fence fence;
    private final Consumer<String> resourceUpdated;

    ObjectTools(Fence fence, Consumer<String> resourceUpdated) {
        this.fence = fence;
        this.resourceUpdated = resourceUpdated;
    }

    Future<ToolResult> list(ToolCall call) {
        var place = Place.from(call.arguments());
        var limit = call.arguments().getInteger("limit", OBJECTS);
        return list(new R2Client(call), call.arguments(), limit)
                .map(found -> listed(found, place, call.arguments()))
                .map(this::fenced);
    }

    Future<ToolResult> put(ToolCall call) {
        var client = new R2Client(call);
        var place = Place.from(call.arguments());
        var key = key(call);
        var object = GivenObject.from(call.arguments());
        return free(client, place, key, call.arguments().getBoolean("overwrite", false))
                .compose(free -> client.put(place, key, object))
                .onSuccess(done -> resourceUpdated.accept(place.uri(key)))
                .map(done -> place.toJson().mergeIn(done).put("uri", place.uri(key)))
                .map(this::fenced);
    }

    Future<ToolOutcome> delete(ToolCall call) {
        var client = new R2Client(call);
        var place = Place.from(call.arguments());
        var key = key(call);
        return confirmation(place, key).before(call, () -> delete(client, place, key));
    }

    private Future<ToolResult> delete(R2Client client, Place place, ObjectKey key) {
        return client.delete(place, key)
                .onSuccess(done -> resourceUpdated.accept(place.uri(key)))
                .map(done -> ToolResult.json(place.toJson().put("key", key.text())));
    }

    private static Confirmation confirmation(Place place, ObjectKey key) {
        var deed = "Delete the object \"%s\" of the R2 bucket %s".formatted(Quoted.text(key.text()), place.bucket());
        return new Confirmation(deed, key.text(), place.uri(key));
    }

    private static Future<Void> free(R2Client client, Place place, ObjectKey key, boolean overwrite) {
        return overwrite
                ? Future.succeededFuture()
                : client.head(place, key)
                        .compose(found -> found.map(ObjectTools::taken).orElseGet(Future::succeededFuture));
    }

    private static Future<Void> taken(JsonObject found) {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.CONFLICT,
                "there is an object under this key already, of %d bytes with the etag %s; overwrite true replaces it"
                        .formatted(found.getLong("size"), Quoted.text(found.getString("etag")))));
    }

    /** Long keys with much metadata are too much to read at once; then fewer are asked for, so that the cursor stays true. */
    private static Future<JsonObject> list(R2Client client, JsonObject arguments, int limit) {
        return client.objects(arguments.copy().put("limit", limit))
                .compose(found -> limit == 1 || ReplyCap.holds(found)
                        ? Future.succeededFuture(found)
                        : list(client, arguments, limit / 2));
    }

    private static JsonObject listed(JsonObject found, Place place, JsonObject arguments) {
        var count = found.getJsonArray("objects").size();
        var json = new JsonObject().put("bucket", place.bucket()).mergeIn(found).put("count", count);
        return count > 0 || !found.getJsonArray("prefixes").isEmpty()
                ? json
                : json.put(
                        "hint",
                        "The bucket %s of the jurisdiction \"%s\" has no object%s here."
                                .formatted(
                                        place.bucket(),
                                        place.jurisdictionName(),
                                        Optional.ofNullable(arguments.getString("prefix"))
                                                .map(prefix -> " whose key begins with that prefix")
                                                .orElse("")));
    }

    private static ObjectKey key(ToolCall call) {
        return ObjectKey.of(call.arguments().getString("key"));
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

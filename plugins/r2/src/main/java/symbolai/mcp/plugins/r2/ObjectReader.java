package symbolai.mcp.plugins.r2;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Shows an object: as text, in base64, as a download, or as a link when it is large. */
final class ObjectReader {

    private final Fence fence;

    ObjectReader(Fence fence) {
        this.fence = fence;
    }

    Future<ToolOutcome> get(ToolCall call) {
        var place = Place.from(call.arguments());
        var key = ObjectKey.of(call.arguments().getString("key"));
        return new R2Client(call)
                .object(place, key)
                .compose(reply -> call.takesStream() ? download(key, reply) : shown(call, place, key, reply));
    }

    /** The bytes of a reply. */
    static ByteStream body(Reply reply) {
        return reply.body()
                .orElseThrow(() -> new ToolException(
                        ToolException.Reason.UNAVAILABLE, "the object came without its bytes; try again"));
    }

    private static Future<ToolOutcome> download(ObjectKey key, Reply reply) {
        return Future.succeededFuture(new Streamed(mediaType(reply.json()), key.fileName(), body(reply)));
    }

    private Future<ToolOutcome> shown(ToolCall call, Place place, ObjectKey key, Reply reply) {
        var json = place.toJson().mergeIn(reply.json()).put("uri", place.uri(key));
        var body = body(reply);
        if (json.getLong("size") > ReplyCap.BYTES) {
            body.close();
            return Future.succeededFuture(link(key, json));
        }
        return BoundedBody.read(body, ReplyCap.BYTES, call.cancellation())
                .map(bytes -> bytes.flatMap(whole -> within(json, whole))
                        .map(this::fenced)
                        .orElseGet(() -> link(key, json)));
    }

    /** The object with its content, where a model may read as much. */
    private static Optional<JsonObject> within(JsonObject json, Buffer bytes) {
        var whole = json.copy().put("truncated", false);
        Utf8.text(bytes)
                .ifPresentOrElse(
                        text -> whole.put("text", text),
                        () -> whole.put("base64", Base64.getEncoder().encodeToString(bytes.getBytes())));
        return Optional.of(whole).filter(ReplyCap::holds);
    }

    private ToolOutcome fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }

    private ToolOutcome link(ObjectKey key, JsonObject json) {
        var told = json.copy()
                .put("truncated", true)
                .put(
                        "hint",
                        "The content is too long to show; read the resource, or download it over REST or by the command.");
        var link = new Content.Link(
                json.getString("uri"),
                "r2-object",
                Quoted.text(key.fileName()),
                "An object of " + json.getLong("size") + " bytes",
                mediaType(json));
        return new ToolResult(
                List.of(new Content.Text(fence.around(told.encode())), link),
                Optional.of(told),
                false,
                new JsonObject());
    }

    private static String mediaType(JsonObject json) {
        return MediaType.of(Optional.ofNullable(json.getString("contentType")));
    }
}

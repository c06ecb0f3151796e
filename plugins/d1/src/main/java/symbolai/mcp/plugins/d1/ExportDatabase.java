package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Writes a database as SQL: as text for a model, which may be cut, or as a download, which is whole. */
final class ExportDatabase {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final String BOOKMARK = "bookmark";
    private static final String DATABASE = "databaseId";

    private final Fence fence;

    ExportDatabase(Fence fence) {
        this.fence = fence;
    }

    Future<ToolOutcome> call(ToolCall call) {
        if (call.cancellation().isCancelled()) {
            return Future.succeededFuture(ToolResult.error("the export was cancelled"));
        }
        var client = new D1Client(call);
        return uuid(client, call)
                .compose(uuid -> client.export(arguments(call, uuid)).compose(reply -> outcome(call, uuid, reply)));
    }

    /** Known from the second call on. */
    private static Future<String> uuid(D1Client client, ToolCall call) {
        return Optional.ofNullable(call.state().getString(DATABASE))
                .map(Future::succeededFuture)
                .orElseGet(() -> client.findId(call.arguments().getString(DATABASE)));
    }

    private static JsonObject arguments(ToolCall call, String uuid) {
        return call.arguments().copy().mergeIn(call.state()).put(DATABASE, uuid);
    }

    private Future<ToolOutcome> outcome(ToolCall call, String uuid, Reply reply) {
        var json = reply.json();
        if (json.getString("status").equals("running")) {
            return Future.succeededFuture(working(uuid, json));
        }
        var body = reply.body()
                .orElseThrow(() -> new ToolException(
                        ToolException.Reason.UNAVAILABLE, "the export came without its text; try again"));
        return call.takesStream()
                ? Future.succeededFuture(new Streamed("application/sql", fileName(json), body))
                : text(call, json, body);
    }

    /** The next call sends the state beside the arguments. */
    private static Working working(String uuid, JsonObject json) {
        var state = new JsonObject().put(DATABASE, uuid);
        Optional.ofNullable(json.getString(BOOKMARK)).ifPresent(bookmark -> state.put(BOOKMARK, bookmark));
        return new Working(state, PAUSE, "The database is being exported");
    }

    private Future<ToolOutcome> text(ToolCall call, JsonObject json, ByteStream body) {
        return SqlText.read(body, call.cancellation()).map(text -> result(json, text));
    }

    private ToolOutcome result(JsonObject json, SqlText text) {
        var result = new JsonObject()
                .put("fileName", fileName(json))
                .put("sql", text.sql())
                .put("truncated", text.truncated());
        Optional.ofNullable(json.getLong("bytes")).ifPresent(bytes -> result.put("bytes", bytes));
        if (text.truncated()) {
            result.put(
                    "hint",
                    "Only the beginning is here. Export fewer tables, or only the schema, or download it over REST or by the command.");
        }
        return ToolResult.json(result, fence.around(result.encode()));
    }

    private static String fileName(JsonObject json) {
        return json.getString("fileName", "database.sql");
    }
}

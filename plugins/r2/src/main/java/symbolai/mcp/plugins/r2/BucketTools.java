package symbolai.mcp.plugins.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Does what the tools about whole buckets do. */
final class BucketTools {

    private static final int PER_PAGE = 100;

    Future<ToolResult> list(ToolCall call) {
        var arguments = call.arguments().copy();
        arguments.put("perPage", arguments.getInteger("perPage", PER_PAGE));
        return new R2Client(call)
                .buckets(arguments)
                .map(found -> listed(found, arguments))
                .map(ToolResult::json);
    }

    Future<ToolResult> create(ToolCall call) {
        return new R2Client(call).create(call.arguments()).map(ToolResult::json);
    }

    Future<ToolResult> get(ToolCall call) {
        return new R2Client(call).bucket(Place.from(call.arguments())).map(ToolResult::json);
    }

    Future<ToolOutcome> delete(ToolCall call) {
        var client = new R2Client(call);
        var place = Place.from(call.arguments());
        return client.bucket(place).compose(found -> confirmation(place).before(call, () -> delete(client, place)));
    }

    private static Future<ToolResult> delete(R2Client client, Place place) {
        return client.delete(place).map(done -> ToolResult.json(new JsonObject().put("name", place.bucket())));
    }

    private static Confirmation confirmation(Place place) {
        var deed = "Delete the R2 bucket \"%s\"".formatted(place.bucket());
        return new Confirmation(deed, place.bucket(), place.jurisdictionName() + "/" + place.bucket());
    }

    /** No data and no permission look alike, so an empty list says what was asked. */
    private static JsonObject listed(JsonObject found, JsonObject arguments) {
        var count = found.getJsonArray("buckets").size();
        var json = found.put("count", count);
        if (count > 0) {
            return json;
        }
        var asked = arguments.getString("jurisdiction", Place.DEFAULT);
        var named = arguments.containsKey("nameContains") ? " whose name holds that text" : "";
        return json.put(
                "hint",
                "The account of this connection shows no bucket%s in the jurisdiction \"%s\". Buckets of another one (default, eu, fedramp) are only listed when jurisdiction names it, and credentials without %s may see none."
                        .formatted(named, asked, R2Tools.READ));
    }
}

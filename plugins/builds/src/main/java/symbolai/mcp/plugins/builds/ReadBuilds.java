package symbolai.mcp.plugins.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Does what the tools that read builds and start or cancel them do. */
final class ReadBuilds {

    private static final int FEWEST = 1;
    private static final int MOST = 100;
    private static final int USUAL = 20;
    private static final int LINES = 100;
    private static final int LONGEST_MESSAGE = 20_000;
    private static final int LONGEST_MESSAGE_IN_LIST = 500;

    private final Fence fence;

    ReadBuilds(Fence fence) {
        this.fence = fence;
    }

    Future<ToolResult> list(ToolCall call) {
        var asked = (Number) call.arguments().getValue("limit", USUAL);
        var limit = (int) Math.max(FEWEST, Math.min(MOST, asked.doubleValue()));
        return new BuildsClient(call)
                .list(Optional.ofNullable(call.arguments().getString("worker")), limit)
                .map(builds -> list(builds, asked, limit))
                .map(this::fenced);
    }

    Future<ToolResult> get(ToolCall call) {
        return new BuildsClient(call)
                .get(call.arguments().getString("id"))
                .map(build -> withMessage(build, LONGEST_MESSAGE))
                .map(this::fenced);
    }

    Future<ToolResult> logs(ToolCall call) {
        var cursor = Optional.ofNullable(call.arguments().getString("cursor"));
        var limit = call.arguments().getInteger("limit", LINES);
        return new BuildsClient(call)
                .logs(call.arguments().getString("id"), cursor, limit)
                .map(ReadBuilds::page)
                .map(this::fenced);
    }

    Future<ToolResult> trigger(ToolCall call) {
        return new BuildsClient(call).trigger(call.arguments()).map(this::fenced);
    }

    Future<ToolResult> cancel(ToolCall call) {
        return new BuildsClient(call).cancel(call.arguments().getString("id")).map(this::fenced);
    }

    private static JsonObject list(List<JsonObject> builds, Number asked, int limit) {
        var shown = builds.stream()
                .map(build -> withMessage(build, LONGEST_MESSAGE_IN_LIST))
                .toList();
        var json = new JsonObject().put("builds", new JsonArray(shown)).put("count", shown.size());
        return asked.doubleValue() == limit
                ? json
                : json.put(
                        "note",
                        "limit was %s and was clamped to %d; it can be %d to %d".formatted(asked, limit, FEWEST, MOST));
    }

    private static JsonObject withMessage(JsonObject build, int longest) {
        var message = build.getString("commitMessage", "");
        return message.length() <= longest ? build : build.put("commitMessage", message.substring(0, longest) + "…");
    }

    private static JsonObject page(LogPage page) {
        var lines = new JsonArray(page.lines().stream().map(LogLine::toJson).toList());
        var json = new JsonObject()
                .put("lines", lines)
                .put("count", lines.size())
                .put("truncated", page.lines().stream().anyMatch(LogLine::cut));
        page.cursor().ifPresent(cursor -> json.put("cursor", cursor));
        return json;
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

package symbolai.mcp.plugins.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Follows a build to its end, round by round; cancelling only stops following. */
final class FollowBuild {

    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORT_PAUSE = Duration.ofMillis(50);
    private static final int LINES_A_ROUND = 500;
    private static final int LONGEST_MESSAGE = 200;

    private final Fence fence;

    FollowBuild(Fence fence) {
        this.fence = fence;
    }

    /** The status first: what a build that has stopped logged is all there when its log is read after that. */
    Future<ToolOutcome> call(ToolCall call) {
        var followed = Followed.from(call.state());
        if (call.cancellation().isCancelled()) {
            return Future.succeededFuture(ToolResult.error("stopped following; the build goes on"));
        }
        var client = new BuildsClient(call);
        var id = call.arguments().getString("id");
        return client.get(id)
                .compose(build -> lines(client, id, followed)
                        .map(page -> told(call, build, followed.after(page)))
                        .map(after -> outcome(build, after)));
    }

    private static Future<LogPage> lines(BuildsClient client, String id, Followed followed) {
        return followed.complete()
                ? Future.succeededFuture(new LogPage(List.of(), followed.cursor()))
                : client.logs(id, followed.cursor(), LINES_A_ROUND);
    }

    private static Followed told(ToolCall call, JsonObject build, Followed after) {
        var fresh = after.fresh();
        if (!fresh.isEmpty()) {
            call.log().log(CallLog.Level.INFO, fresh.stream().map(LogLine::text).collect(Collectors.joining("\n")));
        }
        call.progress().report(after.rounds(), OptionalDouble.empty(), message(build, after));
        return after;
    }

    private ToolOutcome outcome(JsonObject build, Followed after) {
        boolean stopped = build.getString("status").equals("stopped");
        if (stopped && after.hasAll()) {
            return result(build, after);
        }
        return new Working(after.toJson(), stopped ? SHORT_PAUSE : PAUSE, message(build, after));
    }

    private ToolResult result(JsonObject build, Followed after) {
        var lines = new JsonArray(after.tail().stream().map(LogLine::toJson).toList());
        var json = new JsonObject().put("build", build).put("lines", lines).put("lineCount", after.count());
        return ToolResult.json(json, fence.around(json.encode()));
    }

    private static String message(JsonObject build, Followed after) {
        var status = "%s, %d lines".formatted(build.getString("status"), after.count());
        if (after.tail().isEmpty()) {
            return status;
        }
        var last = after.tail().get(after.tail().size() - 1).text();
        return status + ": " + (last.length() <= LONGEST_MESSAGE ? last : last.substring(0, LONGEST_MESSAGE) + "…");
    }
}

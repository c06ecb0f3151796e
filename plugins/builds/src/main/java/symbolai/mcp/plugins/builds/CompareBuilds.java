package symbolai.mcp.plugins.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.LineDiff;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Compares two builds: what they say of themselves, and their logs. */
final class CompareBuilds {

    private static final int MOST_LINES = 5_000;
    private static final int MOST_SHOWN = 250;
    private static final List<String> FIELDS = List.of(
            "worker",
            "status",
            "outcome",
            "branch",
            "commit",
            "commitMessage",
            "commitAuthor",
            "trigger",
            "buildCommand",
            "deployCommand",
            "durationMs");

    private final FamilyContext context;
    private final Fence fence;
    private final SteadyLine steady = new SteadyLine();

    CompareBuilds(FamilyContext context, Fence fence) {
        this.context = context;
        this.fence = fence;
    }

    Future<ToolResult> call(ToolCall call) {
        var client = new BuildsClient(call);
        var id = call.arguments().getString("id");
        var other = call.arguments().getString("otherId");
        return Future.all(
                        client.get(id),
                        client.get(other),
                        client.wholeLog(id, MOST_LINES),
                        client.wholeLog(other, MOST_LINES))
                .compose(read -> context.blocking(
                        () -> compared(read.resultAt(0), read.resultAt(1), read.resultAt(2), read.resultAt(3))))
                .map(json -> ToolResult.json(json, fence.around(json.encode())));
    }

    private JsonObject compared(JsonObject build, JsonObject other, LogPage log, LogPage otherLog) {
        var differences = FIELDS.stream()
                .filter(field -> !Objects.equals(build.getValue(field), other.getValue(field)))
                .map(field -> difference(field, build, other))
                .toList();
        var json = new JsonObject()
                .put("id", build.getString("id"))
                .put("otherId", other.getString("id"))
                .put("differences", new JsonArray(differences));
        if (build.containsKey("durationMs") && other.containsKey("durationMs")) {
            json.put("slowerByMs", other.getLong("durationMs") - build.getLong("durationMs"));
        }
        return json.put("log", log(log, otherLog));
    }

    private static JsonObject difference(String field, JsonObject build, JsonObject other) {
        var json = new JsonObject().put("field", field);
        if (build.containsKey(field)) {
            json.put("value", String.valueOf(build.getValue(field)));
        }
        return other.containsKey(field) ? json.put("other", String.valueOf(other.getValue(field))) : json;
    }

    private JsonObject log(LogPage log, LogPage otherLog) {
        var diff = LineDiff.between(texts(log), texts(otherLog), steady::key, MOST_SHOWN);
        boolean partial = log.lines().size() >= MOST_LINES || otherLog.lines().size() >= MOST_LINES;
        return new JsonObject()
                .put("addedLines", diff.added())
                .put("removedLines", diff.removed())
                .put("diff", String.join("\n", diff.lines()))
                .put("truncated", diff.truncated() || partial);
    }

    private static List<String> texts(LogPage log) {
        return log.lines().stream().map(LogLine::text).toList();
    }
}

package symbolai.mcp.plugins.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** Builds in memory; a build that runs logs the lines that wait each time its status is asked for, and then stops. */
final class FakeBuilds implements Connection {

    private final Map<String, JsonObject> builds = new TreeMap<>();
    private final Map<String, List<String>> logs = new TreeMap<>();
    private final Map<String, List<List<String>>> waiting = new TreeMap<>();
    private final List<JsonObject> listed = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private final Map<String, UnaryOperator<JsonObject>> operations = Map.of(
            "builds.list", this::list,
            "builds.get", this::get,
            "builds.logs", this::logs,
            "builds.trigger", this::trigger,
            "builds.cancel", this::cancel);

    /** The arguments of each listing. */
    List<JsonObject> listed() {
        return listed;
    }

    /** The builds that were cancelled. */
    List<String> cancelled() {
        return cancelled;
    }

    /** A build that has stopped. */
    JsonObject stopped(String id, String outcome, String... lines) {
        var build = build(id, "stopped").put("outcome", outcome).put("durationMs", 1000 + 500 * builds.size());
        builds.put(id, build);
        logs.put(id, List.of(lines));
        return build;
    }

    /** A build that runs on for as many rounds as there are lists of lines. */
    void running(String id, List<List<String>> rounds) {
        builds.put(id, build(id, "running"));
        logs.put(id, new ArrayList<>());
        waiting.put(id, new ArrayList<>(rounds));
    }

    @Override
    public Set<String> operations() {
        return operations.keySet();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return Future.succeededFuture(operation.arguments())
                .map(arguments ->
                        operations.get(operation.name()).apply(arguments).copy())
                .map(Reply::new);
    }

    @Override
    public void close() {
        builds.clear();
    }

    private JsonObject list(JsonObject arguments) {
        listed.add(arguments);
        var some = builds.values().stream()
                .filter(build ->
                        arguments.getString("worker", build.getString("worker")).equals(build.getString("worker")))
                .limit(arguments.getInteger("perPage"))
                .toList();
        return new JsonObject().put("builds", new JsonArray(some));
    }

    private JsonObject get(JsonObject arguments) {
        var id = arguments.getString("id");
        var rounds = waiting.getOrDefault(id, List.of());
        if (!rounds.isEmpty()) {
            logs.get(id).addAll(rounds.remove(0));
        } else if (found(id).getString("status").equals("running")) {
            found(id).put("status", "stopped").put("outcome", "success");
        }
        return found(id);
    }

    private JsonObject logs(JsonObject arguments) {
        var id = arguments.getString("id");
        boolean runs = found(id).getString("status").equals("running");
        var all = logs.get(id);
        int from = Integer.parseInt(arguments.getString("cursor", "0"));
        int to = Math.min(all.size(), from + arguments.getInteger("limit", 100));
        var lines = new JsonArray();
        all.subList(from, to)
                .forEach(
                        text -> lines.add(new JsonObject().put("at", "06:31:40").put("text", text)));
        var json = new JsonObject().put("lines", lines);
        return runs || to < all.size() ? json.put("cursor", Integer.toString(to)) : json;
    }

    private JsonObject trigger(JsonObject arguments) {
        return build("new-build", "queued").put("branch", arguments.getString("branch", "main"));
    }

    private JsonObject cancel(JsonObject arguments) {
        var id = arguments.getString("id");
        if (found(id).getString("status").equals("stopped")) {
            throw new ToolException(ToolException.Reason.CONFLICT, "the build has stopped");
        }
        cancelled.add(id);
        return found(id).copy().put("status", "stopped").put("outcome", "cancelled");
    }

    private JsonObject found(String id) {
        return Optional.ofNullable(builds.get(id))
                .orElseThrow(
                        () -> new ToolException(ToolException.Reason.NOT_FOUND, "there is no build \"" + id + "\""));
    }

    private static JsonObject build(String id, String status) {
        return new JsonObject()
                .put("id", id)
                .put("worker", "shop")
                .put("status", status)
                .put("createdAt", "2026-01-01T00:00:00Z");
    }
}

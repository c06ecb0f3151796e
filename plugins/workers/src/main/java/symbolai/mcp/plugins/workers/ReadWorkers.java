package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolResult;

/** Does what the tools that only read do. */
final class ReadWorkers {

    private static final int PER_PAGE = 100;
    private static final int VERSIONS_PER_PAGE = 20;

    private final Fence fence;

    ReadWorkers(Fence fence) {
        this.fence = fence;
    }

    Future<ToolResult> list(ToolCall call) {
        return new WorkersClient(call)
                .list()
                .map(workers -> page(call.arguments(), workers))
                .map(ToolResult::json);
    }

    Future<ToolResult> get(ToolCall call) {
        return new WorkersClient(call).get(name(call)).map(ToolResult::json);
    }

    Future<ToolResult> code(ToolCall call) {
        return new WorkersClient(call)
                .code(name(call))
                .map(code -> shown(call.arguments(), code))
                .map(this::fenced);
    }

    Future<ToolResult> settings(ToolCall call) {
        return new WorkersClient(call)
                .settings(name(call))
                .map(settings -> named(call).mergeIn(settings))
                .map(this::fenced);
    }

    Future<ToolResult> deployments(ToolCall call) {
        return new WorkersClient(call)
                .deployments(name(call))
                .map(deployments -> counted("deployments", deployments))
                .map(this::fenced);
    }

    Future<ToolResult> versions(ToolCall call) {
        var page = call.arguments().getInteger("page", 1);
        var perPage = call.arguments().getInteger("perPage", VERSIONS_PER_PAGE);
        return new WorkersClient(call)
                .versions(name(call), page, perPage)
                .map(versions ->
                        versions.put("count", versions.getJsonArray("versions").size()))
                .map(this::fenced);
    }

    Future<ToolResult> secrets(ToolCall call) {
        return new WorkersClient(call)
                .secrets(name(call))
                .map(secrets -> counted("secrets", secrets))
                .map(ToolResult::json);
    }

    Future<ToolResult> schedules(ToolCall call) {
        return new WorkersClient(call)
                .schedules(name(call))
                .map(schedules -> counted("schedules", schedules))
                .map(ToolResult::json);
    }

    private static JsonObject page(JsonObject arguments, List<JsonObject> workers) {
        var part = arguments.getString("name", "").toLowerCase(Locale.ROOT);
        var page = arguments.getInteger("page", 1);
        var perPage = arguments.getInteger("perPage", PER_PAGE);
        var matching = workers.stream()
                .filter(worker ->
                        worker.getString("name").toLowerCase(Locale.ROOT).contains(part))
                .toList();
        long from = (page - 1L) * perPage;
        var json =
                counted("workers", matching.stream().skip(from).limit(perPage).toList());
        return from + perPage < matching.size() ? json.put("nextPage", page + 1) : json;
    }

    private static JsonObject shown(JsonObject arguments, WorkerCode code) {
        var worker = arguments.getString("name");
        var shown = new ShownCode(code);
        if (!arguments.containsKey("module")) {
            return shown.all(worker);
        }
        var module = arguments.getString("module");
        return code.module(module)
                .map(found -> shown.one(worker, found, arguments.getInteger("offset", 0)))
                .orElseThrow(() -> noModule(module));
    }

    private static ToolException noModule(String module) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "the Worker has no module \"%s\"; call without module to see which there are"
                        .formatted(Quoted.text(module)));
    }

    private static JsonObject counted(String list, List<JsonObject> elements) {
        return new JsonObject().put(list, new JsonArray(elements)).put("count", elements.size());
    }

    private static JsonObject named(ToolCall call) {
        return new JsonObject().put("name", name(call));
    }

    private static String name(ToolCall call) {
        return call.arguments().getString("name");
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Deploys an older version after it was shown what that replaces. */
final class RollbackWorker {

    private final Fence fence;
    private final Consumer<String> resourceUpdated;

    RollbackWorker(Fence fence, Consumer<String> resourceUpdated) {
        this.fence = fence;
        this.resourceUpdated = resourceUpdated;
    }

    Future<ToolOutcome> call(ToolCall call) {
        var client = new WorkersClient(call);
        var name = call.arguments().getString("name");
        var versionId = call.arguments().getString("versionId");
        return Future.all(client.get(name), client.version(name, versionId), client.deployments(name))
                .compose(read -> rollback(call, client, read.resultAt(0), read.resultAt(1), read.resultAt(2)));
    }

    private Future<ToolOutcome> rollback(
            ToolCall call,
            WorkersClient client,
            JsonObject worker,
            Optional<JsonObject> version,
            List<JsonObject> deployments) {
        if (version.isEmpty()) {
            return Future.failedFuture(noVersion(call.arguments()));
        }
        var current = new JsonArray(deployments.stream().limit(1).toList());
        var operation = operation(call.arguments());
        var shown = new JsonObject().put("name", operation.getString("name")).put("version", version.get());
        deployments.stream().findFirst().ifPresent(newest -> shown.put("replaces", newest));
        var basis = new JsonObject()
                .put("operation", operation)
                .put("id", worker.getString("id"))
                .put("current", current);
        return new Plan(shown, basis).showOrDo(call, fence, () -> deploy(client, operation));
    }

    private static JsonObject operation(JsonObject arguments) {
        var operation = new JsonObject()
                .put("name", arguments.getString("name"))
                .put("versionId", arguments.getString("versionId"));
        return arguments.containsKey("message") ? operation.put("message", arguments.getString("message")) : operation;
    }

    private Future<ToolOutcome> deploy(WorkersClient client, JsonObject operation) {
        var name = operation.getString("name");
        return client.rollback(operation)
                .onSuccess(done -> resourceUpdated.accept(WorkersResources.uri(name)))
                .map(done -> new JsonObject()
                        .put(Plan.DRY_RUN, false)
                        .put("name", name)
                        .put("deployment", done))
                .map(json -> ToolResult.json(json, fence.around(json.encode())));
    }

    private static ToolException noVersion(JsonObject arguments) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "the Worker \"%s\" has no version \"%s\"; workers_versions lists those there are"
                        .formatted(arguments.getString("name"), Quoted.text(arguments.getString("versionId"))));
    }
}

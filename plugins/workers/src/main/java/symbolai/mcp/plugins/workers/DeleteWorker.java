package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Deletes a Worker after its name was repeated. */
final class DeleteWorker {

    private final Consumer<String> resourceUpdated;

    DeleteWorker(Consumer<String> resourceUpdated) {
        this.resourceUpdated = resourceUpdated;
    }

    Future<ToolOutcome> call(ToolCall call) {
        var client = new WorkersClient(call);
        return client.get(call.arguments().getString("name"))
                .compose(worker -> confirmation(worker).before(call, () -> delete(client, worker)));
    }

    private static Confirmation confirmation(JsonObject worker) {
        var name = worker.getString("name");
        return new Confirmation(
                "Delete the Worker \"%s\" with all its versions".formatted(name), name, worker.getString("id"));
    }

    private Future<ToolResult> delete(WorkersClient client, JsonObject worker) {
        var name = worker.getString("name");
        return client.delete(name)
                .onSuccess(done -> resourceUpdated.accept(WorkersResources.uri(name)))
                .map(done -> ToolResult.json(new JsonObject().put("name", name).put("id", worker.getString("id"))));
    }
}

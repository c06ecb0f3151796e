package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.tools.CapabilityMissing;
import symbolai.mcp.server.tools.Tasks;

/** The methods of the tasks extension. */
final class TaskMethods {

    private static final ProtocolVersion VERSION = ProtocolVersion.V2026_07_28;

    private final Tasks tasks;
    private final TaskJson json;
    private final Results results;

    TaskMethods(Tasks tasks, TaskJson json, Results results) {
        this.tasks = tasks;
        this.json = json;
        this.results = results;
    }

    Future<Buffer> handle(String method, Params params, ClientProfile client, Caller caller) {
        requireTasks(client);
        var id = params.text("taskId");
        return switch (method) {
            case "tasks/get" -> get(id, caller);
            case "tasks/update" ->
                tasks.answer(id, caller, params.objects("inputResponses")).map(known -> acknowledged(known, id));
            default -> tasks.cancel(id, caller).map(known -> acknowledged(known, id));
        };
    }

    /** Refuses clients that did not declare the extension. */
    static void requireTasks(ClientProfile client) {
        if (!client.capabilities().contains(ClientCapability.TASKS)) {
            throw new CapabilityMissing(Set.of(ClientCapability.TASKS));
        }
    }

    private Future<Buffer> get(String id, Caller caller) {
        return tasks.get(id, caller)
                .map(task -> task.map(json::details).orElseThrow(() -> unknown(id)))
                .map(this::finished);
    }

    private Buffer acknowledged(boolean known, String id) {
        if (!known) {
            throw unknown(id);
        }
        return finished(new JsonObject());
    }

    private Buffer finished(JsonObject result) {
        return results.typed("complete", result, VERSION).toBuffer();
    }

    private static RuntimeException unknown(String id) {
        return Params.invalid("there is no task '" + id + "', or not any more");
    }
}

package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import symbolai.mcp.server.tools.Questions;
import symbolai.mcp.server.tools.Task;

/** Writes tasks as the tasks extension has them. */
final class TaskJson {

    private final McpJson json;
    private final Questions questions;

    TaskJson(McpJson json, Questions questions) {
        this.json = json;
        this.questions = questions;
    }

    /** The handle that answers the call. */
    JsonObject handle(Task task) {
        var handle = new JsonObject()
                .put("taskId", task.id())
                .put("status", task.status().name().toLowerCase(Locale.ROOT));
        if (!task.message().isEmpty()) {
            handle.put("statusMessage", task.message());
        }
        return handle.put(
                        "createdAt",
                        task.created().truncatedTo(ChronoUnit.MILLIS).toString())
                .put(
                        "lastUpdatedAt",
                        task.updated().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("ttlMs", task.ttl().toMillis())
                .put("pollIntervalMs", task.poll().toMillis());
    }

    /** Everything there is to know now. */
    JsonObject details(Task task) {
        var details = handle(task);
        if (task.status() == Task.Status.INPUT_REQUIRED) {
            details.put("inputRequests", questions.json(task.questions()));
        }
        task.result().ifPresent(result -> details.put("result", json.toolResult(result)));
        task.error().ifPresent(error -> details.put("error", error));
        return details;
    }
}

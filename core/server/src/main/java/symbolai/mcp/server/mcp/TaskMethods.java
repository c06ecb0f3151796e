package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.server.tools.AnswerCheck;
import symbolai.mcp.server.tools.CapabilityMissing;
import symbolai.mcp.server.tools.Questions;
import symbolai.mcp.server.tools.Task;
import symbolai.mcp.server.tools.Tasks;

/** The methods of the tasks extension. */
final class TaskMethods {

    private static final ProtocolVersion VERSION = ProtocolVersion.V2026_07_28;

    private final Tasks tasks;
    private final TaskJson json;
    private final Results results;
    private final Questions questions = new Questions();
    private final AnswerCheck check = new AnswerCheck();

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
            case "tasks/update" -> update(id, caller, params.objects("inputResponses"));
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

    private Future<Buffer> update(String id, Caller caller, Map<String, JsonObject> answers) {
        return tasks.get(id, caller)
                .map(task -> checked(task.orElseThrow(() -> unknown(id)), answers))
                .compose(fitting -> tasks.answer(id, caller, fitting))
                .map(known -> acknowledged(known, id));
    }

    /** The answers, of which those to open questions must fit their questions. */
    private Map<String, JsonObject> checked(Task task, Map<String, JsonObject> answers) {
        task.questions()
                .forEach((name, question) -> Optional.ofNullable(answers.get(name))
                        .flatMap(answer -> check.problem(questions.json(question), answer))
                        .ifPresent(problem -> {
                            throw Params.invalid("inputResponses." + name + ": " + problem);
                        }));
        return answers;
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

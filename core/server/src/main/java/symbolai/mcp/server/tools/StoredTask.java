package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/**
 * A task with what its tool needs to go on.
 *
 * @param state the tool's own
 * @param answers the answers that came so far in this round, by the tool's names for the questions
 * @param names the tool's names of this round's questions, by the names that the client sees
 * @param used all names that the client has seen: one name never stands for two questions
 */
record StoredTask(
        Task task,
        ToolRun run,
        JsonObject state,
        Map<String, JsonObject> answers,
        Map<String, String> names,
        Set<String> used) {
    StoredTask {
        state = state.copy();
        answers = Map.copyOf(answers);
        names = Collections.unmodifiableMap(new LinkedHashMap<>(names));
        used = Set.copyOf(used);
    }

    StoredTask working(Working working, Instant now) {
        var next = task(Task.Status.WORKING, working.message(), now, Map.of(), Optional.empty(), Optional.empty());
        return new StoredTask(next, run, working.state(), Map.of(), Map.of(), used);
    }

    /** Asks under new names where the tool uses a name again. */
    StoredTask asking(InputRequired asked, Instant now) {
        var questions = new LinkedHashMap<String, InputRequest>();
        var asNamed = new LinkedHashMap<String, String>();
        var taken = new HashSet<>(used);
        asked.requests().forEach((name, question) -> {
            var free = free(name, taken);
            taken.add(free);
            questions.put(free, question);
            asNamed.put(free, name);
        });
        var next = task(Task.Status.INPUT_REQUIRED, task.message(), now, questions, Optional.empty(), Optional.empty());
        return new StoredTask(next, run, asked.state(), Map.of(), asNamed, taken);
    }

    private static String free(String name, Set<String> taken) {
        var free = name;
        for (int i = 2; taken.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** Takes the answers to open questions; with the last one the task goes on working. */
    StoredTask answered(Map<String, JsonObject> given, Instant now) {
        var open = new LinkedHashMap<>(task.questions());
        var taken = new HashMap<>(answers);
        given.forEach((name, answer) -> {
            if (open.remove(name) != null) {
                taken.put(names.getOrDefault(name, name), answer);
            }
        });
        var status = open.isEmpty() ? Task.Status.WORKING : Task.Status.INPUT_REQUIRED;
        var next = task(status, task.message(), now, open, Optional.empty(), Optional.empty());
        return new StoredTask(next, run, state, taken, names, used);
    }

    StoredTask completed(ToolResult result, Instant now) {
        return ended(Task.Status.COMPLETED, "", now, Optional.of(result), Optional.empty());
    }

    /** Ends with a failure: what the model should read is a result, all else is an error. */
    StoredTask ended(Throwable failure, Instant now) {
        return failure instanceof ToolException told && told.reason() != Reason.NOT_CONNECTED
                ? completed(ToolInvoker.error(told), now)
                : failed(TaskError.of(failure), now);
    }

    private StoredTask failed(JsonObject error, Instant now) {
        return ended(Task.Status.FAILED, error.getString("message", ""), now, Optional.empty(), Optional.of(error));
    }

    StoredTask cancelled(Instant now) {
        return ended(Task.Status.CANCELLED, "cancelled by the caller", now, Optional.empty(), Optional.empty());
    }

    private StoredTask ended(
            Task.Status status, String message, Instant now, Optional<ToolResult> result, Optional<JsonObject> error) {
        var next = task(status, message, now, Map.of(), result, error);
        return new StoredTask(next, run, new JsonObject(), Map.of(), Map.of(), used);
    }

    private Task task(
            Task.Status status,
            String message,
            Instant now,
            Map<String, InputRequest> questions,
            Optional<ToolResult> result,
            Optional<JsonObject> error) {
        return new Task(
                task.id(),
                task.owner(),
                task.tool(),
                status,
                message,
                task.created(),
                now,
                task.ttl(),
                task.poll(),
                questions,
                result,
                error);
    }
}

package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Tools that go on after the first answer. */
final class TaskTools {

    private static final String STARTED = "started";
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration STEP = Duration.ofMillis(200);
    private static final int FAILING_MILLIS = 1000;

    List<Tool> tools() {
        return List.of(
                working("slow_compute", "Takes as long as it is told to.")
                        .input(Schemas.object()
                                .required("seconds", Schemas.number("How long it takes."))
                                .optional("label", Schemas.string("Comes back in the result."))
                                .build())
                        .handler(this::slow),
                working("failing_job", "Fails after a second; runs only as a task.")
                        .task()
                        .handler(this::fails),
                working("protocol_error_job", "Breaks.").handler(this::breaks),
                working("confirm_delete", "Asks the user while it runs.")
                        .input(Schemas.object()
                                .required("filename", Schemas.string("What would be deleted."))
                                .build())
                        .handler(this::confirms),
                working("multi_input", "Asks the user two things at once while it runs.")
                        .handler(this::asksTwoThings),
                working("test_tool_with_task", "Asks the user, then goes on as a task.")
                        .task()
                        .handler(this::asksThenWorks));
    }

    private static Tool.Builder working(String name, String description) {
        return Tool.named(name).description(description).annotations(ToolAnnotations.READ_ONLY);
    }

    private Future<ToolOutcome> slow(ToolCall call) {
        var label = call.arguments().getString("label", "nothing");
        var wanted = Math.round(call.arguments().getDouble("seconds") * 1000);
        var started = call.state().getLong(STARTED, System.currentTimeMillis());
        var left = started + wanted - System.currentTimeMillis();
        if (call.cancellation().isCancelled()) {
            return done("Stopped computing " + label);
        }
        if (left <= 0) {
            return done("Computed " + label);
        }
        return again(new JsonObject().put(STARTED, started), left, "Computing " + label);
    }

    private Future<ToolOutcome> fails(ToolCall call) {
        var started = call.state().getLong(STARTED, System.currentTimeMillis());
        var left = started + FAILING_MILLIS - System.currentTimeMillis();
        return left > 0
                ? again(new JsonObject().put(STARTED, started), left, "About to fail")
                : Future.succeededFuture(ToolResult.error("This job intentionally fails"));
    }

    private Future<ToolOutcome> breaks(ToolCall call) {
        return isFirst(call)
                ? begin("About to break")
                : Future.failedFuture(new IllegalStateException("this job intentionally breaks"));
    }

    private Future<ToolOutcome> confirms(ToolCall call) {
        if (isFirst(call)) {
            return begin("Looking for the file");
        }
        var file = call.arguments().getString("filename");
        return new Answers(call)
                .raw("confirm")
                .map(answer -> done("The answer for " + file + " was " + answer.getValue("action")))
                .orElseGet(() -> ask(call, "confirm", Samples.askToConfirm("Delete " + file + "?", "confirm")));
    }

    private Future<ToolOutcome> asksTwoThings(ToolCall call) {
        if (isFirst(call)) {
            return begin("Preparing the questions");
        }
        var answers = new Answers(call);
        if (answers.raw("first").isPresent() && answers.raw("second").isPresent()) {
            return done("Both questions were answered");
        }
        var questions = new LinkedHashMap<String, InputRequest>();
        questions.put("first", Samples.askFor("What is the first name?", "name"));
        questions.put("second", Samples.askFor("What is the second name?", "name"));
        return Future.succeededFuture(new InputRequired(questions, call.state()));
    }

    private Future<ToolOutcome> asksThenWorks(ToolCall call) {
        var name = call.state().getString("name", "");
        if (!name.isEmpty()) {
            return done("Worked for " + name);
        }
        return new Answers(call)
                .text("user_name", "name")
                .map(given -> again(new JsonObject().put("name", given), STEP.toMillis(), "Working for " + given))
                .orElseGet(() -> ask(call, "user_name", Samples.askFor("What is your name?", "name")));
    }

    private static boolean isFirst(ToolCall call) {
        return !call.state().getBoolean(STARTED, false);
    }

    private static Future<ToolOutcome> begin(String message) {
        return Future.succeededFuture(new Working(new JsonObject().put(STARTED, true), SOON, message));
    }

    private static Future<ToolOutcome> again(JsonObject state, long millis, String message) {
        var pause = Duration.ofMillis(Math.max(SOON.toMillis(), Math.min(STEP.toMillis(), millis)));
        return Future.succeededFuture(new Working(state, pause, message));
    }

    private static Future<ToolOutcome> ask(ToolCall call, String question, InputRequest request) {
        return Future.succeededFuture(new InputRequired(Map.of(question, request), call.state()));
    }

    private static Future<ToolOutcome> done(String text) {
        return Future.succeededFuture(ToolResult.text(text));
    }
}

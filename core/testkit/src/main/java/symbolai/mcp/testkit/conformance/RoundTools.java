package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Tools that ask and keep a state between the rounds. */
final class RoundTools {

    List<Tool> tools() {
        return List.of(
                asking("test_input_required_result_request_state", "Asks once and keeps a state.", this::keeps),
                asking("test_input_required_result_tampered_state", "Asks once and trusts its state.", this::keeps),
                asking("test_input_required_result_multi_round", "Asks twice, one after the other.", this::twice));
    }

    private static Tool asking(String name, String description, ToolHandler handler) {
        return Tool.named(name)
                .description(description)
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(handler);
    }

    private Future<ToolOutcome> keeps(ToolCall call) {
        if (!call.state().getBoolean("asked", false)
                || new Answers(call).accepted("confirm").isEmpty()) {
            return ask("confirm", Samples.askToConfirm("Please confirm", "ok"), new JsonObject().put("asked", true));
        }
        return Future.succeededFuture(ToolResult.text("state-ok: the state came back and the user confirmed"));
    }

    private Future<ToolOutcome> twice(ToolCall call) {
        var answers = new Answers(call);
        var name = call.state().getString("name", "");
        if (!name.isEmpty()) {
            return answers.text("step2", "color")
                    .map(color -> done(name, color))
                    .orElseGet(() -> askForColor(name));
        }
        return answers.text("step1", "name").map(RoundTools::askForColor).orElseGet(RoundTools::askForName);
    }

    private static Future<ToolOutcome> askForName() {
        return ask("step1", Samples.askFor("Step 1: What is your name?", "name"), new JsonObject().put("round", 1));
    }

    private static Future<ToolOutcome> askForColor(String name) {
        return ask(
                "step2",
                Samples.askFor("Step 2: What is your favorite color?", "color"),
                new JsonObject().put("round", 2).put("name", name));
    }

    private static Future<ToolOutcome> done(String name, String color) {
        return Future.succeededFuture(ToolResult.text(name + " likes " + color));
    }

    private static Future<ToolOutcome> ask(String question, InputRequest request, JsonObject state) {
        return Future.succeededFuture(new InputRequired(Map.of(question, request), state));
    }
}

package symbolai.mcp.testkit.conformance;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolAnnotations;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Tools that ask in one round, without a state of their own. */
final class QuestionTools {

    private static final Map<String, InputRequest> QUESTIONS = questions();

    List<Tool> tools() {
        return List.of(
                asking("test_input_required_result_elicitation", "Asks for a name.", this::elicitation),
                asking("test_input_required_result_sampling", "Asks the client's model.", this::sampling),
                asking("test_input_required_result_list_roots", "Asks for the client's folders.", this::roots),
                asking(
                        "test_input_required_result_multiple_inputs",
                        "Asks for a name, a greeting and folders at once.",
                        this::several),
                asking(
                        "test_input_required_result_capabilities",
                        "Asks only what the client can answer.",
                        this::whatIsPossible));
    }

    private static Tool asking(String name, String description, ToolHandler handler) {
        return Tool.named(name)
                .description(description)
                .annotations(ToolAnnotations.READ_ONLY)
                .handler(handler);
    }

    private static Map<String, InputRequest> questions() {
        var questions = new LinkedHashMap<String, InputRequest>();
        questions.put("user_name", Samples.askFor("What is your name?", "name"));
        questions.put("greeting", Samples.askModel("Generate a greeting", 50));
        questions.put("client_roots", new InputRequest.Roots());
        return questions;
    }

    private Future<ToolOutcome> elicitation(ToolCall call) {
        return Future.succeededFuture(new Answers(call)
                .text("user_name", "name")
                .<ToolOutcome>map(name -> ToolResult.text("Hello, " + name + "!"))
                .orElseGet(() -> InputRequired.ask("user_name", Samples.askFor("What is your name?", "name"))));
    }

    private Future<ToolOutcome> sampling(ToolCall call) {
        return Future.succeededFuture(new Answers(call)
                .modelText("capital_question")
                .<ToolOutcome>map(text -> ToolResult.text("Sampling response: " + text))
                .orElseGet(() -> InputRequired.ask(
                        "capital_question", Samples.askModel("What is the capital of France?", 100))));
    }

    private Future<ToolOutcome> roots(ToolCall call) {
        return Future.succeededFuture(new Answers(call)
                .raw("client_roots")
                .filter(answer -> answer.getValue("roots") instanceof JsonArray)
                .<ToolOutcome>map(answer -> ToolResult.text("The client's roots: " + answer.getJsonArray("roots")))
                .orElseGet(() -> InputRequired.ask("client_roots", new InputRequest.Roots())));
    }

    private Future<ToolOutcome> several(ToolCall call) {
        var answers = new Answers(call);
        var name = answers.text("user_name", "name");
        var greeting = answers.modelText("greeting");
        if (name.isEmpty() || greeting.isEmpty() || answers.raw("client_roots").isEmpty()) {
            return Future.succeededFuture(new InputRequired(QUESTIONS, new JsonObject().put("asked", true)));
        }
        return Future.succeededFuture(ToolResult.text(greeting.get() + " " + name.get()));
    }

    private Future<ToolOutcome> whatIsPossible(ToolCall call) {
        if (!call.answers().isEmpty()) {
            return Future.succeededFuture(ToolResult.text("The questions were answered"));
        }
        var possible = new LinkedHashMap<>(QUESTIONS);
        possible.values().removeIf(question -> !can(call, question.needs()));
        return Future.succeededFuture(
                possible.isEmpty()
                        ? ToolResult.text("There is nothing that the client can be asked")
                        : new InputRequired(possible, new JsonObject()));
    }

    private static boolean can(ToolCall call, ClientCapability capability) {
        return call.clientCapabilities().contains(capability);
    }
}

package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Tools that do what tests need: answer, wait, tell and ask. */
public final class HouseTools {

    /** How many calls have begun to wait. */
    public final AtomicInteger waiting = new AtomicInteger();

    /** How often a call that waits was cancelled. */
    public final AtomicInteger cancelled = new AtomicInteger();

    private final Promise<ToolResult> gate = Promise.promise();

    /** Lets the calls go on that wait. */
    public void open() {
        gate.complete(ToolResult.text("waited"));
    }

    public List<Tool> tools() {
        return List.of(
                tool("house_echo", this::echo),
                tool("house_wait", this::waits),
                tool("house_tell", this::tells),
                tool("house_ask", this::asks),
                tool("house_ask_everything", this::asksEverything),
                tool("house_ask_page", this::asksPage),
                tool("house_ask_forever", this::asksForever));
    }

    private static Tool tool(String name, ToolHandler handler) {
        return Tool.named(name)
                .description("For tests. Not for people.")
                .input(Schemas.object()
                        .optional("text", Schemas.string("A text."))
                        .build())
                .handler(handler);
    }

    private Future<ToolOutcome> echo(ToolCall call) {
        return result(call.arguments().getString("text", ""));
    }

    private Future<ToolResult> waits(ToolCall call) {
        call.cancellation().onCancel(cancelled::incrementAndGet);
        waiting.incrementAndGet();
        return gate.future();
    }

    private Future<ToolOutcome> tells(ToolCall call) {
        call.log().log(CallLog.Level.DEBUG, "quiet");
        call.log().log(CallLog.Level.WARNING, "loud");
        for (var step : new double[] {1, 2, 2, 1, 3}) {
            call.progress().report(step, OptionalDouble.of(3), "");
        }
        return result("told");
    }

    private Future<ToolOutcome> asks(ToolCall call) {
        var answer = call.answers().get("name");
        if (answer == null) {
            return Future.succeededFuture(InputRequired.ask("name", form("Who are you?")));
        }
        return result(answer.getString("action") + " "
                + answer.getJsonObject("content", new JsonObject()).encode());
    }

    private Future<ToolOutcome> asksEverything(ToolCall call) {
        if (call.answers().isEmpty()) {
            Map<String, InputRequest> questions = new LinkedHashMap<>();
            questions.put("name", form("Who are you?"));
            questions.put(
                    "guess",
                    new InputRequest.Sampling(
                            new JsonObject().put("messages", new JsonArray()).put("maxTokens", 10)));
            questions.put("roots", new InputRequest.Roots());
            return Future.succeededFuture(new InputRequired(questions, new JsonObject().put("kept", 42)));
        }
        return result(call.state().getInteger("kept") + " "
                + call.answers().keySet().stream().sorted().toList());
    }

    private Future<ToolOutcome> asksPage(ToolCall call) {
        if (call.answers().isEmpty()) {
            return Future.succeededFuture(
                    InputRequired.ask("page", new InputRequest.Page("Sign in", "https://example.com/sign-in")));
        }
        return result(call.answers().get("page").getString("action"));
    }

    private Future<ToolOutcome> asksForever(ToolCall call) {
        return Future.succeededFuture(new InputRequired(Map.of(), new JsonObject()));
    }

    private static InputRequest.Form form(String message) {
        return new InputRequest.Form(
                message,
                new JsonObject()
                        .put("type", "object")
                        .put("properties", new JsonObject().put("name", new JsonObject().put("type", "string")))
                        .put("required", new JsonArray().add("name")));
    }

    private static Future<ToolOutcome> result(String text) {
        return Future.succeededFuture(ToolResult.text(text));
    }
}

package symbolai.mcp.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a name repeated before something is gone for good: by the user where the client can ask, else by the model in the argument
 * {@value #ARGUMENT}.
 *
 * @param deed what will happen, such as {@code Delete the D1 database "shop" and everything in it}
 * @param name the name to repeat
 * @param id what the deed is done to; when the name stands for another thing by the time of the answer, nothing happens
 */
public record Confirmation(String deed, String name, String id) {

    /** The optional argument of a tool that confirms. */
    public static final String ARGUMENT = "confirmName";

    private static final String QUESTION = "confirm";
    private static final String ID = "id";

    /** The schema of the argument. */
    public static JsonObject schema() {
        return Schemas.string("The name of what is to be deleted or overwritten, when the user wants that.");
    }

    /** Asks, refuses, or does it. */
    public Future<ToolOutcome> before(ToolCall call, Supplier<? extends Future<? extends ToolOutcome>> action) {
        var answer = Optional.ofNullable(call.answers().get(QUESTION));
        if (answer.isPresent()) {
            return afterAnswer(call, answer.get(), action);
        }
        if (call.clientCapabilities().contains(ClientCapability.ELICITATION_FORM)) {
            return Future.succeededFuture(question());
        }
        return call.arguments().getString(ARGUMENT, "").equals(name)
                ? action.get().map(outcome -> outcome)
                : Future.failedFuture(new ToolException(
                        ToolException.Reason.INVALID,
                        "%s: this cannot be undone; when the user wants it, call again with %s \"%s\""
                                .formatted(deed, ARGUMENT, name)));
    }

    /** The question was about one thing; its name may stand for another one by now. */
    private Future<ToolOutcome> afterAnswer(
            ToolCall call, JsonObject answer, Supplier<? extends Future<? extends ToolOutcome>> action) {
        var given = answer.getJsonObject("content", new JsonObject()).getString(ARGUMENT, "");
        var accepted = answer.getString("action", "").equals("accept");
        var same = call.state().getString(ID, "").equals(id);
        if (accepted && same && given.equals(name)) {
            return action.get().map(outcome -> outcome);
        }
        var why = accepted ? "the name that was typed is not \"" + name + "\"" : "the user did not confirm";
        return Future.succeededFuture(ToolResult.error("nothing was done: " + why));
    }

    private InputRequired question() {
        var form = new InputRequest.Form(
                deed + ", for good?",
                Schemas.object()
                        .required(ARGUMENT, Schemas.string("Type the name to confirm: " + name))
                        .build());
        return new InputRequired(Map.of(QUESTION, form), new JsonObject().put(ID, id));
    }
}

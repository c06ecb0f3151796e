package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Deletes a database after its name was repeated: by the user where the client can ask, else by the model. */
final class DeleteDatabase {

    private static final String QUESTION = "confirm";
    private static final String NAME = "confirmName";
    private static final String UUID = "uuid";

    Future<ToolOutcome> call(ToolCall call) {
        var client = new D1Client(call);
        return client.find(call.arguments().getString("databaseId"))
                .compose(database -> decide(call, client, database));
    }

    private static Future<ToolOutcome> decide(ToolCall call, D1Client client, D1Database database) {
        var answer = Optional.ofNullable(call.answers().get(QUESTION));
        if (answer.isPresent()) {
            return afterAnswer(call, client, database, answer.get());
        }
        if (call.clientCapabilities().contains(ClientCapability.ELICITATION_FORM)) {
            return Future.succeededFuture(question(database));
        }
        return call.arguments().getString(NAME, "").equals(database.name())
                ? delete(client, database)
                : Future.failedFuture(new ToolException(
                        ToolException.Reason.INVALID,
                        "deleting \"%s\" removes everything in it for good; when the user wants that, call again with %s \"%s\""
                                .formatted(database.name(), NAME, database.name())));
    }

    /** The question was about one database; the name may stand for another one by now. */
    private static Future<ToolOutcome> afterAnswer(
            ToolCall call, D1Client client, D1Database database, JsonObject answer) {
        var given = answer.getJsonObject("content", new JsonObject()).getString(NAME, "");
        var accepted = answer.getString("action", "").equals("accept");
        var sameDatabase = call.state().getString(UUID, "").equals(database.uuid());
        if (accepted && sameDatabase && given.equals(database.name())) {
            return delete(client, database);
        }
        var why = accepted ? "the name that was typed is not the database's" : "the user did not confirm";
        return Future.succeededFuture(ToolResult.error("\"%s\" was not deleted: %s".formatted(database.name(), why)));
    }

    private static InputRequired question(D1Database database) {
        var form = new InputRequest.Form(
                "Delete the D1 database \"%s\" and everything in it, for good?".formatted(database.name()),
                Schemas.object()
                        .required(NAME, Schemas.string("Type the name of the database to confirm."))
                        .build());
        return new InputRequired(Map.of(QUESTION, form), new JsonObject().put(UUID, database.uuid()));
    }

    private static Future<ToolOutcome> delete(D1Client client, D1Database database) {
        return client.delete(database)
                .map(done -> ToolResult.json(
                        new JsonObject().put("uuid", database.uuid()).put("name", database.name())));
    }
}

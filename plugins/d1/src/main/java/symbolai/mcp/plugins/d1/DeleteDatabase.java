package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Deletes a database after its name was repeated. */
final class DeleteDatabase {

    Future<ToolOutcome> call(ToolCall call) {
        var client = new D1Client(call);
        return client.find(call.arguments().getString("databaseId"))
                .compose(database -> confirmation(database).before(call, () -> delete(client, database)));
    }

    private static Confirmation confirmation(D1Database database) {
        var deed = "Delete the D1 database \"%s\" and everything in it".formatted(database.name());
        return new Confirmation(deed, database.name(), database.uuid());
    }

    private static Future<ToolResult> delete(D1Client client, D1Database database) {
        return client.delete(database)
                .map(done -> ToolResult.json(
                        new JsonObject().put("uuid", database.uuid()).put("name", database.name())));
    }
}

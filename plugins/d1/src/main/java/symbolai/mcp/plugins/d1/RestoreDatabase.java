package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Puts a database back to a bookmark after its name was repeated. */
final class RestoreDatabase {

    private final SchemaUpdates updates;

    RestoreDatabase(SchemaUpdates updates) {
        this.updates = updates;
    }

    Future<ToolOutcome> call(ToolCall call) {
        var client = new D1Client(call);
        var bookmark = call.arguments().getString("bookmark");
        return client.find(call.arguments().getString("databaseId"))
                .compose(database ->
                        confirmation(database, bookmark).before(call, () -> restore(client, database, bookmark)));
    }

    private static Confirmation confirmation(D1Database database, String bookmark) {
        var deed = "Put the D1 database \"%s\" back to the bookmark %s, losing what was written since"
                .formatted(database.name(), bookmark);
        return new Confirmation(deed, database.name(), database.uuid() + "@" + bookmark);
    }

    private Future<ToolResult> restore(D1Client client, D1Database database, String bookmark) {
        return client.restore(database, bookmark)
                .onSuccess(done -> updates.changed(database))
                .map(done -> ToolResult.json(new JsonObject()
                        .put("uuid", database.uuid())
                        .put("name", database.name())
                        .mergeIn(done)));
    }
}

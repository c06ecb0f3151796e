package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Does what the tools about whole databases do. */
final class DatabaseTools {

    private static final int PER_PAGE = 50;

    private final Fence fence;

    DatabaseTools(Fence fence) {
        this.fence = fence;
    }

    Future<ToolResult> list(ToolCall call) {
        var name = Optional.ofNullable(call.arguments().getString("name"));
        var page = call.arguments().getInteger("page", 1);
        var perPage = call.arguments().getInteger("perPage", PER_PAGE);
        return new D1Client(call)
                .list(name, page, perPage)
                .map(DatabaseTools::page)
                .map(ToolResult::json);
    }

    Future<ToolResult> info(ToolCall call) {
        var client = new D1Client(call);
        return client.find(call.arguments().getString("databaseId"))
                .compose(database ->
                        new SchemaReader(client).tables(database.uuid()).map(schema -> info(database, schema)))
                .map(this::fenced);
    }

    Future<ToolResult> schema(ToolCall call) {
        var client = new D1Client(call);
        return client.find(call.arguments().getString("databaseId"))
                .compose(database ->
                        new SchemaReader(client).schema(database.uuid()).map(schema -> schema(database, schema)))
                .map(this::fenced);
    }

    Future<ToolResult> create(ToolCall call) {
        return new D1Client(call)
                .create(call.arguments().getString("name"))
                .map(D1Database::toJson)
                .map(ToolResult::json);
    }

    /** The whole schema as the tool gives it and the resource holds it. */
    static JsonObject schema(D1Database database, DatabaseSchema schema) {
        return new JsonObject()
                .put("uuid", database.uuid())
                .put("name", database.name())
                .put("tables", schema.toJson())
                .put("truncated", schema.truncated());
    }

    private static JsonObject page(D1Page page) {
        var databases = new JsonArray();
        page.databases().stream().map(D1Database::toJson).forEach(databases::add);
        var json = new JsonObject().put("databases", databases).put("count", databases.size());
        page.nextPage().ifPresent(next -> json.put("nextPage", next));
        return json;
    }

    private static JsonObject info(D1Database database, DatabaseSchema schema) {
        var tables = schema.overview();
        return database.toJson().put("tables", tables).put("tableCount", tables.size());
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import symbolai.mcp.api.ResourceCall;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.api.ResourceTemplate;
import symbolai.mcp.api.ToolException;

/** The resources of the D1 family: schemas, whole and by table. */
final class D1Resources {

    private static final String JSON = "application/json";

    private final NameCompletion completion = new NameCompletion();

    List<ResourceTemplate> templates() {
        return List.of(schema(), table());
    }

    /** The URI of a database's schema, with its UUID or its name. */
    static String schemaUri(String database) {
        return "d1://" + database + "/schema";
    }

    private ResourceTemplate schema() {
        return new ResourceTemplate(
                        "d1://{database}/schema",
                        "d1-schema",
                        "Schema of a D1 database",
                        "The tables and views of a D1 database, given by name or UUID, with columns, indexes and foreign keys.",
                        JSON,
                        Map.of("database", completion::databases),
                        D1Resources::readSchema)
                .likeTool("d1_schema");
    }

    private ResourceTemplate table() {
        return new ResourceTemplate(
                        "d1://{database}/tables/{table}",
                        "d1-table",
                        "Table of a D1 database",
                        "The columns, indexes and foreign keys of one table or view of a D1 database, given by name or UUID.",
                        JSON,
                        Map.of("database", completion::databases, "table", completion::tables),
                        D1Resources::readTable)
                .likeTool("d1_schema");
    }

    private static Future<ResourceResult> readSchema(ResourceCall call) {
        var client = new D1Client(call);
        return client.find(variable(call, "database"))
                .compose(database -> new SchemaReader(client)
                        .schema(database.uuid())
                        .map(schema -> DatabaseTools.schema(database, schema)))
                .map(json -> contents(call, json));
    }

    private static Future<ResourceResult> readTable(ResourceCall call) {
        var client = new D1Client(call);
        return client.findId(variable(call, "database"))
                .compose(uuid -> new SchemaReader(client).schema(uuid))
                .map(schema -> schema.table(variable(call, "table")).orElseThrow(() -> noTable(call)))
                .map(json -> contents(call, json));
    }

    private static ResourceResult contents(ResourceCall call, JsonObject json) {
        return ResourceResult.text(call.uri(), JSON, json.encodePrettily());
    }

    private static String variable(ResourceCall call, String name) {
        return call.variables().getOrDefault(name, "");
    }

    private static ToolException noTable(ResourceCall call) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "the database has no table or view named \"" + variable(call, "table") + "\"");
    }
}

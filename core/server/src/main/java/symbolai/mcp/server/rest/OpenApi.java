package symbolai.mcp.server.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.RestBinding.Method;
import symbolai.mcp.api.Schemas;

/** Writes the OpenAPI 3.1 document of the server's own routes and of some tools. */
final class OpenApi {

    private static final String ROOT = "/api/mcp/";

    private final String version;
    private final List<OwnRoute> routes;
    private final BrowserOperations browsers = new BrowserOperations();

    OpenApi(String version, List<OwnRoute> routes) {
        this.version = version;
        this.routes = List.copyOf(routes);
    }

    /**
     * The document.
     *
     * @param prefix the path that a proxy cut off; empty for none
     */
    JsonObject document(Caller caller, List<RestTool> tools, String prefix) {
        var paths = new JsonObject();
        var schemas = new JsonObject().put("Error", error()).put("InputRequired", inputRequired());
        routes.stream()
                .filter(route -> route.access().objection(caller).isEmpty())
                .forEach(route -> put(paths, route.path(), route.method(), operation(route)));
        browsers.all()
                .forEach(entry -> paths.put(ROOT + entry.getKey(), new JsonObject().put("post", entry.getValue())));
        tools.forEach(tool ->
                put(paths, tool.binding().path(), tool.binding().method(), new ToolOperation(tool).operation(schemas)));
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put("info", info())
                .put("servers", new JsonArray().add(new JsonObject().put("url", prefix.isEmpty() ? "/" : prefix)))
                .put("security", new JsonArray().add(new JsonObject().put("bearer", new JsonArray())))
                .put("paths", paths)
                .put("components", components(schemas));
    }

    private JsonObject info() {
        return new JsonObject()
                .put("title", "SymbolAI MCP")
                .put("version", version)
                .put(
                        "description",
                        "The tools of the loaded plugins that you may call. The same tools are served over MCP, under the same"
                                + " policy and audit.");
    }

    private static void put(JsonObject paths, String path, Method method, JsonObject operation) {
        var known = paths.getJsonObject(ROOT + path, new JsonObject());
        paths.put(ROOT + path, known.put(method.name().toLowerCase(Locale.ROOT), operation));
    }

    private static JsonObject operation(OwnRoute route) {
        var operation = new JsonObject()
                .put("operationId", route.path().replace('/', '_'))
                .put("summary", route.summary())
                .put("tags", new JsonArray().add(route.path().split("/", 2)[0]));
        if (route.forStrangers().isPresent()) {
            operation.put(
                    "security",
                    new JsonArray().add(new JsonObject()).add(new JsonObject().put("bearer", new JsonArray())));
        }
        if (route.method() == Method.GET) {
            operation.put("parameters", parameters(route.input()));
        } else {
            operation.put("requestBody", ToolOperation.body(route.input(), true));
        }
        return operation.put("responses", responses(ToolOperation.json("The answer.", route.output())));
    }

    private static JsonArray parameters(JsonObject input) {
        var required = input.getJsonArray("required", new JsonArray());
        var parameters = new JsonArray();
        input.getJsonObject("properties", new JsonObject())
                .forEach(property -> parameters.add(new JsonObject()
                        .put("name", property.getKey())
                        .put("in", "query")
                        .put("required", required.contains(property.getKey()))
                        .put("schema", property.getValue())));
        return parameters;
    }

    /** The answer to what went well, and those to what did not. */
    static JsonObject responses(JsonObject success) {
        return new JsonObject()
                .put("200", success)
                .put("default", new JsonObject().put("$ref", "#/components/responses/Error"));
    }

    private JsonObject components(JsonObject schemas) {
        var bearer =
                new JsonObject().put("type", "http").put("scheme", "bearer").put("description", "An API key: smcp_…");
        return new JsonObject()
                .put("securitySchemes", browsers.schemes().put("bearer", bearer))
                .put("schemas", schemas)
                .put(
                        "responses",
                        new JsonObject()
                                .put(
                                        "Error",
                                        ToolOperation.json("It was not done, and the code says why.", ref("Error")))
                                .put(
                                        "InputRequired",
                                        ToolOperation.json(
                                                "The tool asks, or the state of the call or the connection does not allow it.",
                                                ref("InputRequired"))));
    }

    private static JsonObject ref(String schema) {
        return new JsonObject().put("$ref", "#/components/schemas/" + schema);
    }

    private static JsonObject error() {
        var codes = new JsonArray();
        List.of(RestCode.values()).forEach(code -> codes.add(code.name()));
        return Schemas.object()
                .required("error", Schemas.string("What was wrong, for people."))
                .required("code", Schemas.string("The same for programs.").put("enum", codes))
                .optional("details", Schemas.string("What happened inside; in development only."))
                .build();
    }

    private static JsonObject inputRequired() {
        return Schemas.object()
                .required("error", Schemas.string("What was wrong, for people."))
                .required("code", Schemas.string("The same for programs."))
                .optional("details", Schemas.string("What happened inside; in development only."))
                .optional("questions", new JsonObject().put("type", "object").put("description", "By their names."))
                .optional("state", Schemas.string("Goes with the answers, in _state or X-Call-State."))
                .build();
    }
}

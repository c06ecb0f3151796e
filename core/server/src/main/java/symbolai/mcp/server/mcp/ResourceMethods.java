package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ResourceOutcome;
import symbolai.mcp.api.ResourceResult;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.ToolInvoker;

/** Lists and reads resources. */
final class ResourceMethods {

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final Catalogs catalogs;
    private final ToolInvoker invoker;
    private final McpJson json;
    private final Results results;
    private final Pages cutter = new Pages();

    ResourceMethods(Catalogs catalogs, ToolInvoker invoker, McpJson json, Results results) {
        this.catalogs = catalogs;
        this.invoker = invoker;
        this.json = json;
        this.results = results;
    }

    Future<McpResult> list(MethodCall call) {
        var visible = catalogs.current().resources().stream()
                .filter(resource -> invoker.visible(call.caller(), resource))
                .toList();
        return list(call, "resources", visible, json::resource);
    }

    Future<McpResult> listTemplates(MethodCall call) {
        var visible = catalogs.current().resourceTemplates().stream()
                .filter(template -> invoker.visible(call.caller(), template))
                .toList();
        return list(call, "resourceTemplates", visible, json::resourceTemplate);
    }

    Future<McpResult> read(MethodCall call) {
        var uri = call.params().text("uri");
        return invoker.read(uri, call.retry().answers(), call.retry().state(), call.requester(uri))
                .map(outcome -> result(outcome, call.client().version()));
    }

    private <T> Future<McpResult> list(MethodCall call, String name, List<T> all, Function<T, JsonObject> write) {
        var version = call.client().version();
        var projection = new Projection(version);
        var page = cutter.page(all, cutter.start(call.params().optionalText("cursor")));
        var entries = new JsonArray();
        page.items().forEach(entry -> entries.add(projection.resource(write.apply(entry))));
        var result = new JsonObject().put(name, entries);
        page.next().ifPresent(next -> result.put("nextCursor", next));
        return Future.succeededFuture(results.cacheable(result, HOLD, version));
    }

    private McpResult result(ResourceOutcome outcome, ProtocolVersion version) {
        if (outcome instanceof InputRequired questions) {
            return new McpResult.InputNeeded(questions);
        }
        return results.cacheable(json.resourceResult((ResourceResult) outcome), Duration.ZERO, version);
    }
}

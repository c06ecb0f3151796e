package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.PromptOutcome;
import symbolai.mcp.api.PromptResult;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.ToolInvoker;

/** Lists and gets prompts. */
final class PromptMethods {

    private static final Duration HOLD = Duration.ofSeconds(5);

    private final Catalogs catalogs;
    private final ToolInvoker invoker;
    private final McpJson json;
    private final Results results;
    private final Pages cutter = new Pages();

    PromptMethods(Catalogs catalogs, ToolInvoker invoker, McpJson json, Results results) {
        this.catalogs = catalogs;
        this.invoker = invoker;
        this.json = json;
        this.results = results;
    }

    Future<McpResult> list(MethodCall call) {
        var version = call.client().version();
        var projection = new Projection(version);
        var visible = catalogs.current().prompts().stream()
                .filter(prompt -> invoker.visible(call.caller(), prompt))
                .toList();
        var page = cutter.page(visible, cutter.start(call.params().optionalText("cursor")));
        var prompts = new JsonArray();
        page.items().forEach(prompt -> prompts.add(projection.prompt(json.prompt(prompt))));
        var result = new JsonObject().put("prompts", prompts);
        page.next().ifPresent(next -> result.put("nextCursor", next));
        return Future.succeededFuture(results.cacheable(result, HOLD, version));
    }

    Future<McpResult> get(MethodCall call) {
        var name = call.params().text("name");
        var arguments = call.params().texts("arguments");
        return invoker.prompt(
                        name, arguments, call.retry().answers(), call.retry().state(), call.requester(name))
                .map(outcome -> result(outcome, call.client().version()));
    }

    private McpResult result(PromptOutcome outcome, ProtocolVersion version) {
        if (outcome instanceof InputRequired questions) {
            return new McpResult.InputNeeded(questions);
        }
        var result = json.promptResult((PromptResult) outcome);
        return results.complete(new Projection(version).promptResult(result), version);
    }
}

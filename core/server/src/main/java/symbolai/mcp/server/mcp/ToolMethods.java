package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.server.tools.CallOutcome;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.ToolInvoker;

/** Lists and calls tools. */
final class ToolMethods {

    private final ToolPages pages;
    private final ToolInvoker invoker;
    private final McpJson json;
    private final TaskJson tasks;
    private final Results results;

    ToolMethods(Catalogs catalogs, ToolInvoker invoker, McpJson json, TaskJson tasks, Results results) {
        this.pages = new ToolPages(catalogs, invoker, json, results);
        this.invoker = invoker;
        this.json = json;
        this.tasks = tasks;
        this.results = results;
    }

    Future<McpResult> list(MethodCall call) {
        return Future.succeededFuture(pages.page(call));
    }

    Future<McpResult> call(MethodCall call) {
        var name = call.params().text("name");
        var arguments = call.params().object("arguments").orElseGet(JsonObject::new);
        return invoker.call(
                        name, arguments, call.retry().answers(), call.retry().state(), call.requester(name))
                .map(outcome -> result(outcome, call.client().version()));
    }

    private McpResult result(CallOutcome outcome, ProtocolVersion version) {
        if (outcome instanceof CallOutcome.Asks asks) {
            return new McpResult.InputNeeded(asks.questions(), asks.settled());
        }
        if (outcome instanceof CallOutcome.AsTask asTask) {
            return new McpResult.Complete(
                    results.typed("task", tasks.handle(asTask.task()), version).toBuffer());
        }
        var result = json.toolResult(((CallOutcome.Done) outcome).result());
        return results.complete(new Projection(version).toolResult(result), version);
    }
}

package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.api.Completion;
import symbolai.mcp.server.tools.Requester;
import symbolai.mcp.server.tools.ToolInvoker;

/** Proposes values for an argument. */
final class CompletionMethod {

    private static final int MAX_VALUES = 100;

    private final ToolInvoker invoker;
    private final Results results;

    CompletionMethod(ToolInvoker invoker, Results results) {
        this.invoker = invoker;
        this.results = results;
    }

    Future<McpResult> complete(MethodCall call) {
        return proposals(call)
                .map(completion ->
                        results.complete(json(completion), call.client().version()));
    }

    private Future<Completion> proposals(MethodCall call) {
        var reference = call.params().required("ref");
        var argument = call.params().required("argument");
        var name = argument.text("name");
        var value = argument.text("value");
        Map<String, String> others =
                new Params(call.params().object("context").orElseGet(JsonObject::new)).texts("arguments");
        var type = reference.text("type");
        Requester requester = call.requester(name);
        return switch (type) {
            case "ref/prompt" -> invoker.completePrompt(reference.text("name"), name, value, others, requester);
            case "ref/resource" -> invoker.completeTemplate(reference.text("uri"), name, value, others, requester);
            default ->
                Future.failedFuture(Params.invalid("ref.type must be ref/prompt or ref/resource, not '" + type + "'"));
        };
    }

    private static JsonObject json(Completion completion) {
        var all = completion.values();
        var shown = all.subList(0, Math.min(MAX_VALUES, all.size()));
        return new JsonObject()
                .put(
                        "completion",
                        new JsonObject()
                                .put("values", new JsonArray(shown))
                                .put("total", all.size())
                                .put("hasMore", all.size() > MAX_VALUES));
    }
}

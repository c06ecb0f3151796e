package symbolai.mcp.plugins.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Confirmation;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;

/** Does what the tools about whole namespaces do. */
final class NamespaceTools {

    private static final int PER_PAGE = 50;

    private final Fence fence;
    private final KnownTitles titles;

    NamespaceTools(Fence fence, KnownTitles titles) {
        this.fence = fence;
        this.titles = titles;
    }

    Future<ToolResult> list(ToolCall call) {
        var page = call.arguments().getInteger("page", 1);
        var perPage = call.arguments().getInteger("perPage", PER_PAGE);
        return client(call).namespaces(page, perPage).map(NamespacePage::toJson).map(this::fenced);
    }

    Future<ToolResult> create(ToolCall call) {
        return client(call)
                .create(call.arguments().getString("title"))
                .map(Namespace::toJson)
                .map(this::fenced);
    }

    Future<ToolResult> rename(ToolCall call) {
        var client = client(call);
        return client.findId(call.arguments().getString("namespaceId"))
                .compose(id -> client.rename(id, call.arguments().getString("title")))
                .map(Namespace::toJson)
                .map(this::fenced);
    }

    Future<ToolOutcome> delete(ToolCall call) {
        var client = client(call);
        return client.find(call.arguments().getString("namespaceId"))
                .compose(namespace -> confirmation(namespace).before(call, () -> delete(client, namespace)));
    }

    private Future<ToolResult> delete(KvClient client, Namespace namespace) {
        return client.delete(namespace).map(done -> fenced(namespace.toJson()));
    }

    private static Confirmation confirmation(Namespace namespace) {
        var deed = "Delete the KV namespace \"%s\" and every key in it".formatted(Quoted.text(namespace.title()));
        return new Confirmation(deed, namespace.title(), namespace.id());
    }

    private KvClient client(ToolCall call) {
        return new KvClient(call, titles);
    }

    private ToolResult fenced(JsonObject json) {
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Tool;
import symbolai.mcp.server.tools.Catalog;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.ToolInvoker;

/** Keeps the encoded pages of tools/list while the catalog stays the same. */
final class ToolPages {

    private static final Duration HOLD = Duration.ofSeconds(5);
    private static final int MAX_KEPT = 512;

    /** What a page depends on: callers with the same view see the same tools. */
    private record Key(ProtocolVersion version, Object view, int start) {}

    private record Kept(long revision, ConcurrentHashMap<Key, McpResult> pages) {}

    private final Catalogs catalogs;
    private final ToolInvoker invoker;
    private final McpJson json;
    private final Results results;
    private final Pages cutter = new Pages();
    private volatile Kept kept = new Kept(-1, new ConcurrentHashMap<>());

    ToolPages(Catalogs catalogs, ToolInvoker invoker, McpJson json, Results results) {
        this.catalogs = catalogs;
        this.invoker = invoker;
        this.json = json;
        this.results = results;
    }

    McpResult page(MethodCall call) {
        var catalog = catalogs.current();
        var caller = call.caller();
        int start = cutter.start(call.params().optionalText("cursor"));
        var key = new Key(call.client().version(), invoker.view(caller), start);
        var pages = pages(catalog.revision());
        var page = pages.get(key);
        if (page != null) {
            return page;
        }
        var fresh = encode(catalog, caller, key);
        if (pages.size() < MAX_KEPT) {
            pages.put(key, fresh);
        }
        return fresh;
    }

    private ConcurrentHashMap<Key, McpResult> pages(long revision) {
        var now = kept;
        if (now.revision() != revision) {
            now = new Kept(revision, new ConcurrentHashMap<>());
            kept = now;
        }
        return now.pages();
    }

    private McpResult encode(Catalog catalog, Caller caller, Key key) {
        var projection = new Projection(key.version());
        var visible = catalog.tools().stream()
                .filter(tool -> invoker.visible(caller, tool))
                .toList();
        var page = cutter.page(visible, key.start());
        var tools = new JsonArray();
        page.items().forEach(tool -> tools.add(shown(tool, projection)));
        var result = new JsonObject().put("tools", tools);
        page.next().ifPresent(next -> result.put("nextCursor", next));
        return results.cacheable(result, HOLD, key.version());
    }

    private JsonObject shown(Tool tool, Projection projection) {
        return projection.tool(json.tool(tool));
    }
}

package symbolai.mcp.server.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.crypto.Sha256;
import symbolai.mcp.server.tools.ToolInvoker;

/** Keeps the encoded OpenAPI documents while the catalog stays the same: to write one takes long, and anybody may ask often. */
final class Documents {

    /** A document has some hundred kilobytes. */
    private static final int MAX_KEPT = 32;

    /** What a document depends on: callers with the same view see the same tools, and those with the same accesses the same routes. */
    private record Key(Object view, Set<RouteAccess> accesses, String prefix) {}

    private record Document(Buffer bytes, String tag) {}

    private record Kept(RestIndex tools, ConcurrentHashMap<Key, Document> documents) {}

    private final ToolInvoker invoker;
    private final OpenApi openApi;
    private final Set<RouteAccess> accesses;
    private volatile Kept kept;

    Documents(ToolInvoker invoker, OpenApi openApi, List<OwnRoute> routes, RestIndex tools) {
        this.invoker = invoker;
        this.openApi = openApi;
        this.accesses = routes.stream().map(OwnRoute::access).collect(Collectors.toUnmodifiableSet());
        this.kept = new Kept(tools, new ConcurrentHashMap<>());
    }

    /** The document as an answer; an empty one when the client has it already. */
    RestAnswer answer(RestIndex tools, Caller caller, String prefix, Optional<String> known) {
        var document = document(tools, caller, prefix);
        var headers = Map.of(
                "Content-Type",
                "application/json",
                "ETag",
                document.tag(),
                "Cache-Control",
                "private, no-cache",
                "Vary",
                "Authorization");
        return known.filter(tags -> tags.contains(document.tag())).isPresent()
                ? new RestAnswer.Whole(304, headers, Buffer.buffer())
                : new RestAnswer.Whole(200, headers, document.bytes());
    }

    /** The document of what the caller may call. */
    JsonObject json(RestIndex tools, Caller caller, String prefix) {
        var visible = tools.tools().stream()
                .filter(tool -> invoker.visible(caller, tool.tool()))
                .toList();
        return openApi.document(caller, visible, prefix);
    }

    private Document document(RestIndex tools, Caller caller, String prefix) {
        var key = new Key(invoker.view(caller), accesses(caller), prefix);
        var documents = of(tools).documents();
        var document = documents.get(key);
        if (document != null) {
            return document;
        }
        var bytes = json(tools, caller, prefix).toBuffer();
        var fresh = new Document(bytes, "\"" + digest(bytes) + "\"");
        if (documents.size() < MAX_KEPT) {
            documents.put(key, fresh);
        }
        return fresh;
    }

    private Kept of(RestIndex tools) {
        var now = kept;
        if (now.tools() != tools) {
            now = new Kept(tools, new ConcurrentHashMap<>());
            kept = now;
        }
        return now;
    }

    private Set<RouteAccess> accesses(Caller caller) {
        return accesses.stream()
                .filter(access -> access.objection(caller).isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String digest(Buffer bytes) {
        return Sha256.hex(bytes.getBytes()).substring(0, 32);
    }
}

package symbolai.mcp.plugins.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** An account whose namespaces all have one title. */
record FixedNamespaces(String title, List<String> ids) implements Connection {

    @Override
    public Set<String> operations() {
        return Set.of("kv.namespaces.list");
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        var namespaces = new JsonArray();
        ids.forEach(id -> namespaces.add(new JsonObject().put("id", id).put("title", title)));
        return Future.succeededFuture(new Reply(new JsonObject().put("namespaces", namespaces)));
    }

    @Override
    public void close() {
        // There is nothing to close.
    }
}

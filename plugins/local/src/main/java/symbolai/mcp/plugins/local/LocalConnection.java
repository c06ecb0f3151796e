package symbolai.mcp.plugins.local;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** Finds who carries out an operation on the embedded account. */
final class LocalConnection implements Connection {

    private final Map<String, Function<Operation, Future<JsonObject>>> operations;

    LocalConnection(D1Operations d1) {
        operations = Map.of(
                "d1.list", d1::list,
                "d1.get", d1::get,
                "d1.create", d1::create,
                "d1.delete", d1::delete,
                "d1.query", d1::query);
    }

    @Override
    public Set<String> operations() {
        return operations.keySet();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return Future.succeededFuture(operation).compose(this::dispatch).map(Reply::new);
    }

    @Override
    public void close() {
        // The account is closed with the plugin.
    }

    /** Inside a chain, so that what is thrown becomes a failure. */
    private Future<JsonObject> dispatch(Operation operation) {
        return operations
                .getOrDefault(operation.name(), LocalConnection::unsupported)
                .apply(operation);
    }

    private static Future<JsonObject> unsupported(Operation operation) {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.UNSUPPORTED, "the embedded account has no operation " + operation.name()));
    }
}

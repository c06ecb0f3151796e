package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Finds who carries out an operation on wrangler projects. */
final class WranglerConnection implements Connection {

    private final Map<String, Function<Operation, Future<Reply>>> reads;
    private final Map<String, Function<Operation, Future<Reply>>> writes;

    WranglerConnection(DevD1 d1, DevKv kv, DevR2 r2, DevWorkers workers, DevObservability observability) {
        reads = Map.ofEntries(
                Map.entry("d1.list", json(d1::list)),
                Map.entry("d1.get", json(d1::get)),
                Map.entry("d1.query", json(d1::query)),
                Map.entry("kv.namespaces.list", json(kv::namespaces)),
                Map.entry("kv.keys.list", json(kv::keys)),
                Map.entry("kv.values.get", json(kv::get)),
                Map.entry("kv.bulk.get", json(kv::bulkGet)),
                Map.entry("r2.buckets.list", json(r2::buckets)),
                Map.entry("r2.buckets.get", json(r2::bucket)),
                Map.entry("r2.objects.list", json(r2::objects)),
                Map.entry("r2.objects.get", r2::get),
                Map.entry("workers.list", json(workers::list)),
                Map.entry("workers.get", json(workers::get)),
                Map.entry("workers.settings", json(workers::one)),
                Map.entry("observability.events", json(observability::events)),
                Map.entry("observability.calculate", json(observability::calculate)),
                Map.entry("observability.keys", json(observability::keys)),
                Map.entry("observability.values", json(observability::values)));
        writes = Map.of(
                "d1.query", json(d1::query),
                "kv.values.put", json(kv::put),
                "kv.values.delete", json(kv::delete),
                "kv.bulk.put", json(kv::bulkPut),
                "kv.bulk.delete", json(kv::bulkDelete),
                "r2.objects.put", json(r2::put),
                "r2.objects.delete", json(r2::delete));
    }

    @Override
    public Set<String> operations() {
        var all = new HashSet<>(reads.keySet());
        all.addAll(writes.keySet());
        return all;
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return Future.succeededFuture(operation).compose(this::dispatch);
    }

    @Override
    public void close() {
        // Nothing is held open between operations.
    }

    /** Inside a chain, so that what is thrown becomes a failure. */
    private Future<Reply> dispatch(Operation operation) {
        var handlers = operation.access() == Operation.Access.READ ? reads : writes;
        return handlers.getOrDefault(operation.name(), this::refuse).apply(operation);
    }

    private Future<Reply> refuse(Operation operation) {
        return Future.failedFuture(
                operations().contains(operation.name())
                        ? new ToolException(
                                Reason.INVALID,
                                operation.name() + " is no " + operation.access() + " and was sent as one")
                        : new ToolException(
                                Reason.UNSUPPORTED,
                                "wrangler dev cannot do " + operation.name() + "; the backend cloud can"));
    }

    private static Function<Operation, Future<Reply>> json(Function<Operation, Future<JsonObject>> handler) {
        return operation -> handler.apply(operation).map(Reply::new);
    }
}

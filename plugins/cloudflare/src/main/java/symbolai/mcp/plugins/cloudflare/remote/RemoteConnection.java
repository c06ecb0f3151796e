package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Finds who carries out an operation on Cloudflare's MCP servers, as long as they have the tools for it. */
final class RemoteConnection implements Connection {

    private static final Duration LISTS = Duration.ofSeconds(5);
    private static final Duration WORDS = Duration.ofSeconds(30);

    private final RemoteClient client;
    private final ToolTable table;
    private final Map<String, Function<Operation, Future<JsonObject>>> handlers;

    RemoteConnection(RemoteClient client, ToolTable table, BuildOwners owners) {
        this.client = client;
        this.table = table;
        var d1 = new RemoteD1(client);
        var stores = new RemoteStores(client);
        var workers = new RemoteWorkers(client, Server.BINDINGS);
        var builds = new RemoteBuilds(client, owners);
        var observability = new RemoteObservability(client);
        handlers = Map.ofEntries(
                Map.entry("d1.list", d1::list),
                Map.entry("d1.get", d1::get),
                Map.entry("d1.create", d1::create),
                Map.entry("d1.delete", d1::delete),
                Map.entry("d1.query", d1::query),
                Map.entry("kv.namespaces.list", stores::namespaces),
                Map.entry("kv.namespaces.create", stores::createNamespace),
                Map.entry("kv.namespaces.rename", stores::renameNamespace),
                Map.entry("kv.namespaces.delete", stores::deleteNamespace),
                Map.entry("r2.buckets.list", stores::buckets),
                Map.entry("r2.buckets.get", stores::bucket),
                Map.entry("r2.buckets.create", stores::createBucket),
                Map.entry("r2.buckets.delete", stores::deleteBucket),
                Map.entry("workers.list", workers::list),
                Map.entry("workers.get", workers::get),
                Map.entry("workers.code", workers::code),
                Map.entry("builds.list", builds::list),
                Map.entry("builds.get", builds::get),
                Map.entry("builds.logs", builds::logs),
                Map.entry("observability.events", observability::events),
                Map.entry("observability.calculate", observability::calculate),
                Map.entry("observability.keys", observability::keys),
                Map.entry("observability.values", observability::values));
    }

    /** What is not known to be missing; before the servers were asked for the first time, all. */
    @Override
    public Set<String> operations() {
        return table.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        var handler = Optional.ofNullable(handlers.get(operation.name()));
        return handler.map(found -> checked(operation).compose(found).map(Reply::new))
                .orElseGet(() -> unsupported(
                        "Cloudflare's MCP servers cannot do " + operation.name() + "; the backend cloud can"));
    }

    @Override
    public Duration freshFor(Operation operation) {
        return switch (operation.name()) {
            case "observability.keys", "observability.values" -> WORDS;
            case "d1.query", "builds.logs", "observability.events", "observability.calculate" -> Duration.ZERO;
            default -> LISTS;
        };
    }

    @Override
    public void close() {
        // Nothing is held open between requests.
    }

    private Future<Operation> checked(Operation operation) {
        var lists = table.needs(operation.name()).stream()
                .map(ToolNeed::server)
                .distinct()
                .map(server -> client.tools(server, operation))
                .collect(Collectors.toList());
        return Future.all(lists)
                .map(listed -> table.obstacle(operation.name()))
                .compose(obstacle -> obstacle.<Future<Operation>>map(RemoteConnection::unsupported)
                        .orElseGet(() -> Future.succeededFuture(operation)));
    }

    private static <T> Future<T> unsupported(String message) {
        return Future.failedFuture(new ToolException(Reason.UNSUPPORTED, message));
    }
}

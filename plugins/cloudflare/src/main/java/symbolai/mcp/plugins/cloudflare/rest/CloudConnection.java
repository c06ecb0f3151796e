package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;

/** Finds who carries out an operation on Cloudflare's REST API. */
final class CloudConnection implements Connection {

    private static final Duration LISTS = Duration.ofSeconds(5);
    private static final Duration KEYS = Duration.ofSeconds(30);
    private static final Set<String> FRESH_FOR_LONG = Set.of("observability.keys", "observability.values");
    private static final Set<String> FRESH = Set.of(
            "d1.list",
            "d1.get",
            "kv.namespaces.list",
            "r2.buckets.list",
            "r2.buckets.get",
            "workers.list",
            "workers.get",
            "builds.list",
            "builds.get");

    private final Map<String, Api.Download> reads = new HashMap<>();
    private final Map<String, Api.Download> writes = new HashMap<>();
    private final boolean ownedByAccount;

    /**
     * A connection.
     *
     * @param ownedByAccount whether the token says that it belongs to an account
     */
    CloudConnection(List<Api> apis, boolean ownedByAccount) {
        this.ownedByAccount = ownedByAccount;
        for (var api : apis) {
            api.reads().forEach((name, handler) -> reads.put(name, plain(handler)));
            api.writes().forEach((name, handler) -> writes.put(name, plain(handler)));
            reads.putAll(api.downloads());
        }
    }

    @Override
    public Set<String> operations() {
        var all = new HashSet<>(reads.keySet());
        all.addAll(writes.keySet());
        return all;
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return Future.succeededFuture(operation)
                .compose(this::dispatch)
                .recover(failure -> Future.failedFuture(readable(operation, failure)));
    }

    @Override
    public Duration freshFor(Operation operation) {
        if (FRESH_FOR_LONG.contains(operation.name())) {
            return KEYS;
        }
        return FRESH.contains(operation.name()) ? LISTS : Duration.ZERO;
    }

    @Override
    public void close() {
        // Nothing is kept between operations.
    }

    /** Inside a chain, so that what is thrown becomes a failure. */
    private Future<Reply> dispatch(Operation operation) {
        if (operation.name().startsWith("builds.")) {
            BuildsApi.requireUser(ownedByAccount);
        }
        var handlers = operation.access() == Operation.Access.READ ? reads : writes;
        return handlers.getOrDefault(operation.name(), this::refuse).handle(operation);
    }

    /** Most answers are judged where their request is known; this is for what is put together from several. */
    private static Throwable readable(Operation operation, Throwable failure) {
        if (!(failure instanceof Malformed malformed)) {
            return failure;
        }
        var maybe = operation.access() == Operation.Access.WRITE ? "; look before trying again" : "";
        return new ToolException(
                Reason.UNAVAILABLE, "Cloudflare gave an answer that cannot be used: " + malformed.what() + maybe);
    }

    private Future<Reply> refuse(Operation operation) {
        return Future.failedFuture(
                operations().contains(operation.name())
                        ? new ToolException(
                                Reason.INVALID,
                                operation.name() + " is no " + operation.access() + " and was sent as one")
                        : new ToolException(
                                Reason.UNSUPPORTED, "Cloudflare's API has no operation " + operation.name() + " here"));
    }

    private static Api.Download plain(Api.Handler handler) {
        return operation -> handler.handle(operation).map(Reply::new);
    }
}

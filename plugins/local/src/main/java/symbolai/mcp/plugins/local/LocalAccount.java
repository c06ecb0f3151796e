package symbolai.mcp.plugins.local;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.builds.BuildsOperations;
import symbolai.mcp.plugins.local.d1.D1Operations;
import symbolai.mcp.plugins.local.kv.KvOperations;
import symbolai.mcp.plugins.local.observability.Events;
import symbolai.mcp.plugins.local.observability.ObservabilityOperations;
import symbolai.mcp.plugins.local.projects.LocalConfig;
import symbolai.mcp.plugins.local.projects.Projects;
import symbolai.mcp.plugins.local.r2.R2Operations;
import symbolai.mcp.plugins.local.workers.WorkersOperations;

/** The embedded account: finds who carries out an operation. */
final class LocalAccount {

    private final Map<String, Function<Operation, Future<Reply>>> operations = new HashMap<>();

    private final BuildsOperations builds;

    private LocalAccount(BuildsOperations builds) {
        this.builds = builds;
    }

    /** Opens all families at once, and makes their sample data on the first start. */
    static Future<LocalAccount> open(FamilyContext context) {
        var clock = InstantSource.system();
        var config = LocalConfig.read(context.config());
        var projects = new Projects(context, config.projects());
        var d1 = D1Operations.open(context, clock);
        var kv = KvOperations.open(context, clock);
        var r2 = R2Operations.open(context, clock);
        var workers = WorkersOperations.open(context, clock, projects);
        var events = Events.open(context, clock);
        var builds = Future.all(workers, events)
                .compose(opened ->
                        BuildsOperations.open(context, clock, config, projects, workers.result(), events.result()));
        return Future.all(d1, kv, r2, builds).map(opened -> {
            var account = new LocalAccount(builds.result());
            account.take(d1.result().operations());
            account.take(kv.result().operations());
            account.take(r2.result().operations());
            account.take(workers.result().operations());
            account.take(builds.result().operations());
            account.take(new ObservabilityOperations(events.result()).operations());
            account.operations.putAll(d1.result().downloads());
            account.operations.putAll(r2.result().downloads());
            return account;
        });
    }

    Set<String> operations() {
        return Set.copyOf(operations.keySet());
    }

    /** Carries out one operation; what it throws becomes a failure. */
    Future<Reply> invoke(Operation operation) {
        return Future.succeededFuture(operation).compose(this::dispatch);
    }

    /** Ends every build; the host closes the rest. */
    void close() {
        builds.close();
    }

    private Future<Reply> dispatch(Operation operation) {
        return operations
                .getOrDefault(operation.name(), LocalAccount::unsupported)
                .apply(operation);
    }

    private void take(Map<String, Function<Operation, Future<JsonObject>>> family) {
        family.forEach((name, work) -> operations.put(name, work.andThen(json -> json.map(Reply::new))));
    }

    private static Future<Reply> unsupported(Operation operation) {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.UNSUPPORTED, "the embedded account has no operation " + operation.name()));
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.SubjectKeys;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.connections.Unconnected;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.policy.Limits;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Standing;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SubjectStore;
import symbolai.mcp.server.store.TaskStore;

/** A process that calls a tool from many sides at once and says of each call that it was answered, until it is killed. */
public final class CallingProcess {

    private static final int CALLERS = 64;

    private final ToolInvoker invoker;
    private final String name;
    private final AtomicLong left;

    private CallingProcess(ToolInvoker invoker, String name, long calls) {
        this.invoker = invoker;
        this.name = name;
        this.left = new AtomicLong(calls);
    }

    /** The arguments of the call with this mark. */
    public static JsonObject arguments(String mark) {
        return new JsonObject().put("mark", mark);
    }

    /** Begins: in a folder, with marks that begin with a name, to be ended by itself after so many calls. */
    public static void main(String... arguments) {
        var folder = Path.of(arguments[0]);
        var vertx = Vertx.vertx();
        var audit = audit(vertx, folder);
        var process = new CallingProcess(invoker(vertx, folder, audit), arguments[1], Long.parseLong(arguments[2]));
        audit.start().onSuccess(open -> {
            System.out.println("open");
            for (int caller = 0; caller < CALLERS; caller++) {
                var side = caller;
                vertx.getOrCreateContext().runOnContext(on -> process.call(side, 0));
            }
        });
    }

    private static AuditLog audit(Vertx vertx, Path folder) {
        var key = MasterKey.of(new byte[MasterKey.LENGTH]);
        var subjects = new SubjectKeys(
                new SubjectStore(new Database(vertx, folder.resolve("state.db"))), key, Clock.systemUTC());
        return new AuditLog(
                vertx,
                folder.resolve("audit"),
                new AuditConfig(AuditConfig.Durability.DURABLE),
                key.publicSigner("checkpoint"),
                subjects,
                Clock.systemUTC());
    }

    /** All real; the database is for tasks and approvals, of which there are none, and is not opened. */
    private static ToolInvoker invoker(Vertx vertx, Path folder, AuditLog audit) {
        var config = Workshop.config();
        var catalogs = new Catalogs();
        catalogs.publish(
                new Family("test", "1", List.of(tool()), List.of(), List.of(), List.of(), List.of(), new Lease()));
        var gate = new CallGate(
                new Policy(config), new Limits(LimitsConfig.NONE, Clock.systemUTC()), Standing.AS_ADMITTED);
        var connections = Unconnected.connections(vertx, new Connectors());
        var database = new Database(vertx, folder.resolve("state.db"));
        var tasks = new Tasks(
                vertx, new TaskStore(database), catalogs, gate, audit, connections, config, Clock.systemUTC());
        return new ToolInvoker(
                vertx, catalogs, gate, audit, connections, tasks, Desks.of(vertx, database, audit), config);
    }

    private static Tool tool() {
        return Tool.named("mark")
                .description("Answers.")
                .input(Schemas.object()
                        .required("mark", Schemas.string("Which call it is."))
                        .build())
                .handler(call -> Future.succeededFuture(ToolResult.text("done")));
    }

    private void call(int side, int number) {
        if (left.getAndDecrement() <= 0) {
            Runtime.getRuntime().exit(0);
        }
        var mark = name + "-" + side + "-" + number + ".";
        var requester = new Requester(
                Workshop.ADMIN,
                "test",
                "mcp",
                Set.of(),
                (done, total, text) -> {},
                (level, text) -> {},
                new Cancelling());
        invoker.call("mark", arguments(mark), Map.of(), new JsonObject(), requester)
                .onSuccess(outcome -> {
                    System.out.println(mark);
                    call(side, number + 1);
                })
                .onFailure(failure -> Runtime.getRuntime().exit(1));
    }
}

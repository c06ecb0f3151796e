package symbolai.mcp.server.mcp;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.HandClock;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.connections.Unconnected;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.mcp.legacy.LegacyFront;
import symbolai.mcp.server.policy.Limits;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Standing;
import symbolai.mcp.server.rest.RestApi;
import symbolai.mcp.server.rest.RestProfile;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SessionStore;
import symbolai.mcp.server.store.TaskStore;
import symbolai.mcp.server.tools.CallGate;
import symbolai.mcp.server.tools.CallStates;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Desks;
import symbolai.mcp.server.tools.Family;
import symbolai.mcp.server.tools.Tasks;
import symbolai.mcp.server.tools.ToolInvoker;

/** The room with everything below it, without HTTP, and with a clock that is moved by hand. */
public final class McpHouse implements AutoCloseable {

    public final Vertx vertx = Vertx.vertx();
    public final HandClock clock = new HandClock();
    public final Catalogs catalogs = new Catalogs();
    public final HouseTools tools = new HouseTools();
    public final ModernFront modern;
    public final SessionStore sessions;
    public final RestApi rest;
    public LegacyFront legacy;
    private final Database database;
    public final AuditLog audit;
    private final Tasks tasks;
    private final McpMethods methods;
    private final ServerProfile server = new ServerProfile("symbolai-mcp", "SymbolAI MCP", "1", "", false);
    private final MasterKey key = MasterKey.of(new byte[MasterKey.LENGTH]);

    public McpHouse(Path folder) {
        var config = new ToolsConfig(Duration.ofSeconds(30), 100, true, true);
        database = new Database(vertx, folder.resolve("house.db"));
        done(database.start());
        sessions = new SessionStore(database);
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(AuditConfig.Durability.QUEUED));
        done(audit.start());
        var gate = new CallGate(
                new Policy(config), new Limits(LimitsConfig.NONE, Clock.systemUTC()), Standing.AS_ADMITTED);
        var connections = Unconnected.connections(vertx, new Connectors());
        tasks = new Tasks(vertx, new TaskStore(database), catalogs, gate, audit, connections, config);
        var invoker = new ToolInvoker(
                vertx, catalogs, gate, audit, connections, tasks, Desks.of(vertx, database, audit), config);
        methods = new McpMethods(catalogs, invoker, server);
        modern = new ModernFront(methods, catalogs, tasks, key.sealer("state"), server, clock);
        rest = new RestApi(
                catalogs,
                invoker,
                new CallStates(key.sealer("rest"), clock),
                List.of(),
                new RestProfile("1", false, Duration.ofSeconds(30)),
                clock,
                new McpJson()::toolResult);
        catalogs.publish(
                new Family("house", "1", tools.tools(), List.of(), List.of(), List.of(), List.of(), new Lease()));
        legacy = open();
    }

    /** A caller who may do everything. */
    public static Caller caller(String id) {
        return new Caller(id, id, Role.ADMIN, Credential.LOCAL, "local");
    }

    /** The value of a future, within some seconds. */
    public static <T> T done(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }

    /** Forgets everything that is only in memory. */
    public void restart() {
        done(legacy.close());
        legacy = open();
    }

    @Override
    public void close() {
        done(legacy.close());
        done(tasks.close());
        done(audit.close());
        done(database.close());
        done(vertx.close());
    }

    private LegacyFront open() {
        var front = new LegacyFront(vertx, methods, server, catalogs, sessions, key.signer("session"), clock, true);
        done(front.start());
        return front;
    }
}

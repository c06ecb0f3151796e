package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Schemas;
import symbolai.mcp.api.Tool;
import symbolai.mcp.api.ToolHandler;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.LimitsConfig;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connectors;
import symbolai.mcp.server.connections.Lease;
import symbolai.mcp.server.connections.Unconnected;
import symbolai.mcp.server.policy.Limits;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.policy.Standing;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.TaskStore;

/** The rooms around the invoker, real ones, for the tests of this package. */
final class Workshop implements AutoCloseable {
    static final Caller ADMIN = new Caller("u1", "ada", Role.ADMIN, Credential.LOCAL, "local");

    final Vertx vertx;
    final Path folder;
    final Catalogs catalogs = new Catalogs();
    final Connectors connectors = new Connectors();
    final List<String> progress = new CopyOnWriteArrayList<>();
    final List<String> logged = new CopyOnWriteArrayList<>();
    LimitsConfig limits = LimitsConfig.NONE;
    volatile Standing standing = Standing.AS_ADMITTED;
    CallGate gate;
    AuditLog audit;
    Database database;
    Tasks tasks;
    ToolInvoker invoker;
    ApprovalDesk desk;

    Workshop(Vertx vertx, Path folder) {
        this.vertx = vertx;
        this.folder = folder;
    }

    Workshop open(ToolsConfig config) {
        return open(config, Clock.systemUTC());
    }

    Workshop open(ToolsConfig config, Clock clock) {
        gate = new CallGate(new Policy(config), new Limits(limits, Clock.systemUTC()), caller -> standing.now(caller));
        var connections = Unconnected.connections(vertx, connectors);
        audit = new AuditLog(vertx, folder.resolve("audit"), new AuditConfig(AuditConfig.Durability.DURABLE));
        database = new Database(vertx, folder.resolve("state.db"));
        desk = Desks.of(vertx, database, audit);
        tasks = new Tasks(vertx, new TaskStore(database), catalogs, gate, audit, connections, config, clock);
        invoker = new ToolInvoker(vertx, catalogs, gate, audit, connections, tasks, desk, config);
        get(audit.start().compose(started -> database.start()));
        return this;
    }

    static ToolsConfig config() {
        return new ToolsConfig(Duration.ofSeconds(10), 100, false, true);
    }

    static ToolsConfig deadline(Duration deadline) {
        return new ToolsConfig(deadline, 100, false, true);
    }

    Lease publish(String name, ToolHandler handler) {
        return publish(tool(name).handler(handler));
    }

    Lease publish(Tool... tools) {
        var lease = new Lease();
        catalogs.publish(new Family("test", "1", List.of(tools), List.of(), List.of(), List.of(), List.of(), lease));
        return lease;
    }

    static Tool.Builder tool(String name) {
        return Tool.named(name)
                .description("Tests something.")
                .input(Schemas.object()
                        .optional("limit", Schemas.integer("How many."))
                        .build());
    }

    Future<CallOutcome> call(String tool) {
        return call(tool, new JsonObject(), requester());
    }

    Future<CallOutcome> call(String tool, JsonObject arguments, Requester requester) {
        return invoker.call(tool, arguments, Map.of(), new JsonObject(), requester);
    }

    Requester requester(ClientCapability... capabilities) {
        return requester(new Cancelling(), capabilities);
    }

    Requester requester(Cancelling cancellation, ClientCapability... capabilities) {
        Set<ClientCapability> able = EnumSet.noneOf(ClientCapability.class);
        able.addAll(List.of(capabilities));
        return new Requester(
                ADMIN,
                "test",
                "mcp",
                able,
                this::progressed,
                (level, text) -> logged.add(level + " " + text),
                cancellation);
    }

    private void progressed(double done, OptionalDouble total, String message) {
        progress.add(done + " " + message);
    }

    /** The events of the audit log with the outcome or the reason, in order. */
    List<String> audited() {
        return records().stream()
                .map(record -> record.getString("event")
                        + record.getMap().entrySet().stream()
                                .filter(field -> Set.of("outcome", "reason").contains(field.getKey()))
                                .map(field -> " " + field.getValue())
                                .findFirst()
                                .orElse(""))
                .toList();
    }

    List<JsonObject> records() {
        var records = new ArrayList<JsonObject>();
        try (var files = Files.list(folder.resolve("audit"))) {
            for (var file : files.sorted().toList()) {
                Files.readAllLines(file).forEach(line -> records.add(new JsonObject(line)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return records;
    }

    static <T> T get(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException | TimeoutException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static String text(CallOutcome outcome) {
        var content = ((CallOutcome.Done) outcome).result().content();
        return ((symbolai.mcp.api.Content.Text) content.get(0)).text();
    }

    static boolean isError(CallOutcome outcome) {
        return ((CallOutcome.Done) outcome).result().isError();
    }

    @Override
    public void close() {
        get(tasks.close().compose(closed -> audit.close()).compose(closed -> database.close()));
    }
}

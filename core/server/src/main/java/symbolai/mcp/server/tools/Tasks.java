package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.policy.Policy;
import symbolai.mcp.server.store.TaskStore;

/** Calls that go on without their callers waiting, across restarts. */
public final class Tasks {
    private final Listeners<Task> listeners = new Listeners<>();

    public Tasks(
            Vertx vertx,
            TaskStore store,
            Catalogs catalogs,
            Policy policy,
            AuditLog audit,
            Connections connections,
            ToolsConfig config) {}

    /** Goes on with the tasks of before the restart; to be called when the plugins are loaded. */
    public Future<Void> start() {
        return Future.succeededFuture();
    }

    /** The caller's task of this id; empty when there is none, or it is somebody else's. */
    public Future<Optional<Task>> get(String id, Caller caller) {
        return Future.succeededFuture(Optional.empty());
    }

    /** Takes answers to the task's questions; those to questions that are not open are ignored. False when the caller has no such task. */
    public Future<Boolean> answer(String id, Caller caller, Map<String, JsonObject> answers) {
        return Future.succeededFuture(false);
    }

    /** Cancels the task; does nothing when it has ended. False when the caller has no such task. */
    public Future<Boolean> cancel(String id, Caller caller) {
        return Future.succeededFuture(false);
    }

    /** Calls the listener with each task whose status or message has changed, after that is stored. */
    public Registration onChange(Consumer<Task> listener) {
        return listeners.add(listener);
    }

    /** Stops; what is not done goes on after the next start. */
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.config.ToolsConfig;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.store.TaskRow;
import symbolai.mcp.server.store.TaskStore;

/** Calls that go on without their callers waiting, across restarts. */
public final class Tasks {
    private static final Logger LOG = LoggerFactory.getLogger(Tasks.class);
    private static final Duration TTL = Duration.ofHours(1);
    private static final Duration SHORTEST_POLL = Duration.ofMillis(100);
    private static final Duration LONGEST_POLL = Duration.ofSeconds(10);
    private static final Duration SWEEP = Duration.ofSeconds(30);
    private static final int MOST_OF_ONE_CALLER = 100;
    private static final int MOST = 1000;

    private final Vertx vertx;
    private final TaskStore store;
    private final Clock clock;
    private final TaskRoom room;
    private final Listeners<Task> listeners = new Listeners<>();
    private final Map<String, RunningTask> running = new ConcurrentHashMap<>();
    private volatile Consumer<Caller> foreign = nobody -> {};
    private long sweeping;

    public Tasks(
            Vertx vertx,
            TaskStore store,
            Catalogs catalogs,
            CallGate gate,
            AuditLog audit,
            Connections connections,
            ToolsConfig config) {
        this(vertx, store, catalogs, gate, audit, connections, config, Clock.systemUTC());
    }

    Tasks(
            Vertx vertx,
            TaskStore store,
            Catalogs catalogs,
            CallGate gate,
            AuditLog audit,
            Connections connections,
            ToolsConfig config,
            Clock clock) {
        this.vertx = vertx;
        this.store = store;
        this.clock = clock;
        var slots = new Slots(config.concurrency());
        this.room = new TaskRoom(
                store,
                new ToolSteps(catalogs, gate, connections, config),
                new Recorder(audit, slots),
                slots,
                gate,
                clock,
                listeners::tell,
                running::remove);
    }

    /** Who asked for the tasks of before the restart that have not come to an end. */
    public Future<List<Caller>> waiting() {
        return store.unfinished()
                .map(rows -> rows.stream()
                        .flatMap(row -> TaskCodec.caller(row).stream())
                        .toList());
    }

    /** Goes on with the tasks of before the restart; to be called when the plugins are loaded. */
    public Future<Void> start() {
        sweeping = vertx.setPeriodic(SWEEP.toMillis(), id -> sweep());
        return store.unfinished().map(this::resume).compose(resumed -> sweep());
    }

    private int resume(List<TaskRow> rows) {
        rows.forEach(this::resume);
        return rows.size();
    }

    private void resume(TaskRow row) {
        try {
            var task = new RunningTask(room, Loop.current(vertx), TaskCodec.stored(row));
            running.put(row.id(), task);
            task.begin(SHORTEST_POLL);
        } catch (RuntimeException unreadable) {
            LOG.atError().setCause(unreadable).addKeyValue("task", row.id()).log("task cannot be read, left alone");
        }
    }

    /** Makes a task of a call that goes on; it is stored when the future succeeds. When there can be none, the tool is told to stop. */
    Future<Task> create(ToolRun call, Working working) {
        var loop = Loop.current(vertx);
        var stored = fresh(call, working);
        return room(stored.task().owner())
                .compose(free -> loop.<Void>land(store.put(TaskCodec.row(stored))))
                .map(durable -> begun(stored, working, loop))
                .recover(failure -> room.steps()
                        .stop(stored.run(), stored.state(), loop)
                        .compose(stopped -> Future.failedFuture(failure)));
    }

    private Future<Void> room(String owner) {
        long own = running.values().stream()
                .filter(task -> task.seen().owner().equals(owner))
                .count();
        return own < MOST_OF_ONE_CALLER && running.size() < MOST
                ? Future.succeededFuture()
                : Future.failedFuture(new ToolException(
                        Reason.UNAVAILABLE,
                        "there are " + own + " tasks of yours and " + running.size()
                                + " in all; wait until one is done, or cancel one"));
    }

    private StoredTask fresh(ToolRun call, Working working) {
        var requester = call.requester();
        var silent =
                TaskCodec.silent(requester.caller(), requester.client(), requester.door(), requester.capabilities());
        var run = new ToolRun(call.record().of(silent), call.arguments(), call.connection());
        var now = clock.instant();
        var task = new Task(
                RandomId.ofBits(256),
                requester.caller().id(),
                call.tool(),
                Task.Status.WORKING,
                working.message(),
                now,
                now,
                TTL,
                poll(working.again()),
                Map.of(),
                Optional.empty(),
                Optional.empty());
        return new StoredTask(task, run, working.state(), Map.of(), Map.of(), Set.of());
    }

    private static Duration poll(Duration again) {
        if (again.compareTo(SHORTEST_POLL) < 0) {
            return SHORTEST_POLL;
        }
        return again.compareTo(LONGEST_POLL) > 0 ? LONGEST_POLL : again;
    }

    private Task begun(StoredTask stored, Working working, Loop loop) {
        var task = new RunningTask(room, loop, stored);
        running.put(stored.task().id(), task);
        task.begin(working.again());
        return stored.task();
    }

    /** The caller's task of this id; empty when there is none, or it is somebody else's. */
    public Future<Optional<Task>> get(String id, Caller caller) {
        return find(id).map(found -> found.filter(task -> isOwn(task, caller))
                .filter(task -> task.created().plus(task.ttl()).isAfter(clock.instant())));
    }

    private boolean isOwn(Task task, Caller caller) {
        if (task.owner().equals(caller.id())) {
            return true;
        }
        foreign.accept(caller);
        return false;
    }

    /** Is told from now on of callers who ask for the task of another. */
    public void onForeign(Consumer<Caller> told) {
        foreign = told;
    }

    private Future<Optional<Task>> find(String id) {
        var task = running.get(id);
        return task != null
                ? Future.succeededFuture(Optional.of(task.seen()))
                : store.get(id).map(row -> row.map(TaskCodec::stored).map(StoredTask::task));
    }

    /** Takes answers to the task's questions; those to questions that are not open are ignored. False when the caller has no such task. */
    public Future<Boolean> answer(String id, Caller caller, Map<String, JsonObject> answers) {
        return with(id, caller, task -> task.answer(answers));
    }

    /** Cancels the task; does nothing when it has ended. False when the caller has no such task. */
    public Future<Boolean> cancel(String id, Caller caller) {
        return with(id, caller, RunningTask::cancel);
    }

    private Future<Boolean> with(String id, Caller caller, Function<RunningTask, Future<Void>> action) {
        return get(id, caller)
                .compose(found -> found.isPresent() ? act(id, action).map(true) : Future.succeededFuture(false));
    }

    private Future<Void> act(String id, Function<RunningTask, Future<Void>> action) {
        var task = running.get(id);
        return task == null ? Future.succeededFuture() : action.apply(task);
    }

    /** Calls the listener with each task whose status or message has changed, after that is stored. */
    public Registration onChange(Consumer<Task> listener) {
        return listeners.add(listener);
    }

    /** What cannot be recorded or removed now is tried again the next time. */
    private Future<Void> sweep() {
        var now = clock.instant();
        var expired = running.values().stream()
                .filter(task -> !task.seen().created().plus(task.seen().ttl()).isAfter(now))
                .map(RunningTask::expire)
                .toList();
        return Future.all(expired)
                .compose(recorded -> store.removeExpired(now))
                .<Void>mapEmpty()
                .recover(failure -> {
                    LOG.atWarn().setCause(failure).log("expired tasks not removed, trying again");
                    return Future.succeededFuture();
                });
    }

    /** Stops; what is not done goes on after the next start. */
    public Future<Void> close() {
        vertx.cancelTimer(sweeping);
        running.values().forEach(RunningTask::suspend);
        running.clear();
        return Future.succeededFuture();
    }
}

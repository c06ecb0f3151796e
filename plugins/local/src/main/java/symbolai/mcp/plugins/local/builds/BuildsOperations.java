package symbolai.mcp.plugins.local.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.observability.Events;
import symbolai.mcp.plugins.local.projects.LocalConfig;
import symbolai.mcp.plugins.local.projects.ProjectWorker;
import symbolai.mcp.plugins.local.projects.Projects;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;
import symbolai.mcp.plugins.local.workers.WorkersOperations;
import symbolai.mcp.plugins.wrangler.BuildCommand;

/** Carries out the operations of Builds on the embedded account. */
public final class BuildsOperations implements AutoCloseable {

    private static final String OFF = "builds do not run on this server: its operator can switch them on with"
            + " plugins.config.local.builds: true";

    private final FamilyContext context;
    private final LocalConfig config;
    private final Projects projects;
    private final WorkersOperations workers;
    private final BuildStore store;
    private final BuildQueue queue;

    private BuildsOperations(
            FamilyContext context,
            LocalConfig config,
            Projects projects,
            WorkersOperations workers,
            Events events,
            BuildStore store) {
        this.context = context;
        this.config = config;
        this.projects = projects;
        this.workers = workers;
        this.store = store;
        this.queue = new BuildQueue(job -> new RunningBuild(context, store, events, job, config.buildTime()));
    }

    /** Opens Builds, ends what an earlier server left running, and makes the sample builds on the first start. */
    public static Future<BuildsOperations> open(
            FamilyContext context,
            InstantSource clock,
            LocalConfig config,
            Projects projects,
            WorkersOperations workers,
            Events events) {
        return Records.open(context, BuildStore.FILE, BuildStore.TABLES)
                .compose(records -> workers.idOf(BuildsSample.WORKER)
                        .otherwise("")
                        .compose(id -> records.once("sample", new BuildsSample(clock.instant(), id)::statements))
                        .map(made -> new BuildStore(records, clock)))
                .compose(store -> endLost(context, store)
                        .map(ended -> new BuildsOperations(context, config, projects, workers, events, store)));
    }

    /** The operations by their names. */
    public Map<String, Function<Operation, Future<JsonObject>>> operations() {
        return Map.of(
                "builds.list", this::list,
                "builds.get", this::get,
                "builds.logs", this::logs,
                "builds.trigger", this::trigger,
                "builds.cancel", this::cancel);
    }

    /** Ends every build. */
    @Override
    public void close() {
        queue.close();
    }

    private Future<JsonObject> list(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", 20);
        var worker = operation.arguments().getString("worker", "");
        return store.list(worker, perPage + 1, Math.multiplyFull(page - 1, perPage))
                .map(builds -> page(builds, page, perPage));
    }

    private Future<JsonObject> get(Operation operation) {
        return require(operation);
    }

    private Future<JsonObject> logs(Operation operation) {
        var after = after(operation.arguments().getString("cursor", ""));
        var limit = operation.arguments().getInteger("limit", 1000);
        return require(operation)
                .compose(build -> store.lines(build.getString("id"), after, limit + 1)
                        .map(rows -> logs(rows, limit, after, isStopped(build))));
    }

    private Future<JsonObject> trigger(Operation operation) {
        Access.requireWrite(operation);
        var worker = operation.arguments().getString("worker", "");
        if (!config.builds()) {
            throw new ToolException(ToolException.Reason.REFUSED, OFF);
        }
        return projects.find(worker)
                .compose(project -> project.isPresent()
                        ? trigger(project.get(), operation)
                        : workers.idOf(worker)
                                .compose(id -> refused(
                                        "the Worker " + worker + " was uploaded, so there is no project to build;"
                                                + " the operator names projects with plugins.config.local.projects")));
    }

    private Future<JsonObject> trigger(ProjectWorker project, Operation operation) {
        var own = project.worker().build();
        var command =
                own.map(BuildCommand::command).filter(line -> !line.isBlank()).orElse(config.buildCommand());
        Path folder = own.map(BuildCommand::folder).orElse(project.folder());
        if (command.isBlank()) {
            return refused("the project of " + project.name() + " has no build.command in its wrangler configuration,"
                    + " and the operator gave no plugins.config.local.buildCommand");
        }
        if (queue.isFull()) {
            return Future.failedFuture(new ToolException(
                    ToolException.Reason.UNAVAILABLE,
                    BuildQueue.MOST_WAITING + " builds wait already; try again when one has ended"));
        }
        var job = new BuildJob(UUID.randomUUID().toString(), project.name(), command, folder);
        return context.blocking(() -> GitHead.of(project.folder()))
                .map(head -> checkedOut(head, operation.arguments()))
                .compose(head -> store.enter(job, project.id(), head))
                .onSuccess(entered -> queue.add(job));
    }

    private Future<JsonObject> cancel(Operation operation) {
        Access.requireWrite(operation);
        return require(operation).compose(this::stop).compose(ended -> require(operation));
    }

    private Future<Void> stop(JsonObject build) {
        var id = build.getString("id");
        if (isStopped(build)) {
            return Future.failedFuture(
                    new ToolException(ToolException.Reason.CONFLICT, "the build " + id + " has stopped already"));
        }
        queue.withdraw(id);
        return queue.cancel(id).orElseGet(() -> store.stopped(id, "cancelled"));
    }

    private Future<JsonObject> require(Operation operation) {
        var id = operation.arguments().getString("id", "");
        return store.find(id)
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new ToolException(
                                ToolException.Reason.NOT_FOUND,
                                "there is no build " + id + "; builds_list names those there are"))));
    }

    private static Future<Void> endLost(FamilyContext context, BuildStore store) {
        return store.lost()
                .compose(rows -> rows.isEmpty() ? Future.succeededFuture(true) : context.blocking(() -> killed(rows)))
                .compose(killed -> store.endLost());
    }

    private static boolean killed(List<Row> rows) {
        rows.forEach(row -> BuildProcess.endLeftOver(row.number(0), row.number(1)));
        return true;
    }

    /** Nothing is checked out here: a caller must not move the operator's files. */
    private static GitHead checkedOut(GitHead head, JsonObject arguments) {
        var branch = Optional.ofNullable(arguments.getString("branch"));
        var commit = Optional.ofNullable(arguments.getString("commit")).map(hash -> hash.toLowerCase(Locale.ROOT));
        var otherBranch = branch.filter(name -> !head.branch().equals(Optional.of(name)));
        var otherCommit = commit.filter(hash -> !head.commit().orElse("").startsWith(hash));
        otherBranch.or(() -> otherCommit).ifPresent(other -> {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "the project has %s checked out at %s, and not %s; builds here take what is checked out"
                            .formatted(
                                    head.branch().orElse("no branch"),
                                    head.commit().orElse("no commit"),
                                    other));
        });
        return head;
    }

    private static JsonObject page(List<JsonObject> builds, int page, int perPage) {
        var json = new JsonObject()
                .put("builds", new JsonArray(builds.stream().limit(perPage).toList()));
        return builds.size() > perPage ? json.put("nextPage", page + 1) : json;
    }

    private static JsonObject logs(List<Row> rows, int limit, long after, boolean stopped) {
        var lines = new JsonArray();
        var last = after;
        for (var row : rows.subList(0, Math.min(limit, rows.size()))) {
            lines.add(new JsonObject().put("at", row.time(1).toString()).put("text", row.text(2)));
            last = row.number(0);
        }
        var json = new JsonObject().put("lines", lines);
        return rows.size() > limit || !stopped ? json.put("cursor", String.valueOf(last)) : json;
    }

    private static long after(String cursor) {
        if (!cursor.matches("[0-9]{0,9}")) {
            throw new ToolException(
                    ToolException.Reason.INVALID, "the cursor is none that a log before gave; begin again without it");
        }
        return cursor.isEmpty() ? 0 : Long.parseLong(cursor);
    }

    private static boolean isStopped(JsonObject build) {
        return build.getString("status").equals("stopped");
    }

    private static <T> Future<T> refused(String message) {
        return Future.failedFuture(new ToolException(ToolException.Reason.REFUSED, message));
    }
}

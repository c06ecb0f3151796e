package symbolai.mcp.plugins.local.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.projects.ProjectWorker;
import symbolai.mcp.plugins.local.projects.Projects;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** Carries out the operations of Workers on the embedded account. A project hides an uploaded Worker of its name. */
public final class WorkersOperations {

    private final FamilyContext context;
    private final Uploaded uploaded;
    private final Projects projects;

    private WorkersOperations(FamilyContext context, Uploaded uploaded, Projects projects) {
        this.context = context;
        this.uploaded = uploaded;
        this.projects = projects;
    }

    /** Opens Workers, and makes the sample ones on the first start. */
    public static Future<WorkersOperations> open(FamilyContext context, InstantSource clock, Projects projects) {
        return Records.open(context, WorkersTables.FILE, WorkersTables.ALL)
                .compose(records -> records.once("sample", new WorkersSample(clock.instant())::statements)
                        .map(made -> new WorkersOperations(context, new Uploaded(records, clock), projects)));
    }

    /** The operations by their names. */
    public Map<String, Function<Operation, Future<JsonObject>>> operations() {
        return Map.ofEntries(
                Map.entry("workers.list", this::list),
                Map.entry("workers.get", this::get),
                Map.entry("workers.code", this::code),
                Map.entry("workers.settings", this::settings),
                Map.entry("workers.deployments", this::deployments),
                Map.entry("workers.versions", this::versions),
                Map.entry("workers.deploy", this::deploy),
                Map.entry("workers.rollback", this::rollBack),
                Map.entry("workers.secrets", this::secrets),
                Map.entry("workers.schedules", this::schedules),
                Map.entry("workers.delete", this::delete));
    }

    /** The id of a Worker; NOT_FOUND when there is none of that name. */
    public Future<String> idOf(String name) {
        return either(
                name, project -> Future.succeededFuture(project.id()), row -> Future.succeededFuture(row.text(1)));
    }

    private Future<JsonObject> list(Operation operation) {
        return projects.workers().compose(own -> uploaded.all().map(rows -> list(own, rows)));
    }

    private Future<JsonObject> get(Operation operation) {
        return either(
                name(operation),
                project -> Future.succeededFuture(WorkersJson.worker(project)),
                row -> Future.succeededFuture(WorkersJson.worker(row)));
    }

    private Future<JsonObject> code(Operation operation) {
        var most = operation.arguments().getInteger("maxBytes");
        return either(
                name(operation),
                project -> context.blocking(() -> new MainFile(project).code(most)),
                row -> uploaded.modules(row.text(6)).map(modules -> WorkersJson.code(row.text(7), modules, most)));
    }

    private Future<JsonObject> settings(Operation operation) {
        return either(
                name(operation),
                project -> Future.succeededFuture(WorkersJson.settings(project)),
                row -> Future.succeededFuture(new JsonObject(row.text(8))));
    }

    private Future<JsonObject> deployments(Operation operation) {
        return either(
                name(operation),
                project -> Future.succeededFuture(new JsonObject().put("deployments", new JsonArray())),
                row -> uploaded.deployments(row.text(0))
                        .map(rows -> all("deployments", rows, WorkersJson::deployment)));
    }

    private Future<JsonObject> versions(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", 100);
        return either(
                name(operation),
                project -> Future.succeededFuture(new JsonObject().put("versions", new JsonArray())),
                row -> uploaded.versions(row.text(0), perPage + 1, Math.multiplyFull(page - 1, perPage))
                        .map(rows -> page(rows, page, perPage)));
    }

    private Future<JsonObject> deploy(Operation operation) {
        Access.requireWrite(operation);
        var upload = Upload.read(operation.arguments());
        var keep = operation.arguments().getBoolean("keepBindings", false);
        return requireUploaded(upload.name())
                .compose(free -> uploaded.find(upload.name()))
                .compose(before -> uploaded.deploy(keep ? keeping(upload, before) : upload))
                .compose(deployed -> uploaded.find(upload.name())
                        .map(row -> deployed.put("name", upload.name())
                                .put("id", row.map(found -> found.text(1)).orElse(""))));
    }

    private Future<JsonObject> rollBack(Operation operation) {
        Access.requireWrite(operation);
        var name = name(operation);
        var version = operation.arguments().getString("versionId", "");
        var message = Optional.ofNullable(operation.arguments().getString("message"));
        return requireUploaded(name)
                .compose(free ->
                        either(name, project -> missing(name), row -> uploaded.rollBack(name, version, message)))
                .map(WorkersJson::deployment);
    }

    private Future<JsonObject> secrets(Operation operation) {
        return settings(operation).map(settings -> WorkersJson.secrets(settings.getJsonArray("bindings")));
    }

    private Future<JsonObject> schedules(Operation operation) {
        return either(
                name(operation),
                project -> Future.succeededFuture(WorkersJson.schedules(project)),
                row -> Future.succeededFuture(new JsonObject().put("schedules", new JsonArray(row.text(9)))));
    }

    private Future<JsonObject> delete(Operation operation) {
        Access.requireWrite(operation);
        var name = name(operation);
        return requireUploaded(name)
                .compose(free -> uploaded.delete(name))
                .compose(deleted -> deleted ? Future.succeededFuture(new JsonObject()) : missing(name));
    }

    private <T> Future<T> either(
            String name, Function<ProjectWorker, Future<T>> ofProject, Function<Row, Future<T>> ofUploaded) {
        return projects.find(name)
                .compose(project -> project.isPresent()
                        ? ofProject.apply(project.get())
                        : uploaded.find(name).compose(row -> row.map(ofUploaded).orElseGet(() -> missing(name))));
    }

    private Future<Void> requireUploaded(String name) {
        return projects.find(name)
                .compose(project -> project.isPresent()
                        ? Future.failedFuture(
                                new ToolException(
                                        ToolException.Reason.REFUSED,
                                        "the Worker " + name
                                                + " is a project of this server's operator and can only be read and built here"))
                        : Future.succeededFuture());
    }

    private static Upload keeping(Upload upload, Optional<Row> before) {
        return upload.keeping(before.map(row -> new JsonObject(row.text(8)).getJsonArray("bindings"))
                .orElseGet(JsonArray::new));
    }

    private static JsonObject list(List<ProjectWorker> projects, List<Row> rows) {
        var workers = new TreeMap<String, JsonObject>();
        rows.forEach(row -> workers.put(row.text(0), WorkersJson.worker(row)));
        projects.forEach(project -> workers.put(project.name(), WorkersJson.worker(project)));
        return new JsonObject().put("workers", new JsonArray(List.copyOf(workers.values())));
    }

    private static JsonObject page(List<Row> rows, int page, int perPage) {
        var json = all("versions", rows.subList(0, Math.min(perPage, rows.size())), WorkersJson::version);
        return rows.size() > perPage ? json.put("nextPage", page + 1) : json;
    }

    private static JsonObject all(String name, List<Row> rows, Function<Row, JsonObject> json) {
        return new JsonObject().put(name, new JsonArray(rows.stream().map(json).toList()));
    }

    private static String name(Operation operation) {
        return operation.arguments().getString("name", "");
    }

    private static <T> Future<T> missing(String name) {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no Worker named " + name + "; workers_list names those there are"));
    }
}

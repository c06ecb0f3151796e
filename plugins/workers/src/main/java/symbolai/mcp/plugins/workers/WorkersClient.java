package symbolai.mcp.plugins.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.ToolException;

/** The operations of Workers as methods, on the connection and within the deadline of one call. */
final class WorkersClient {

    private static final int MOST_CODE_BYTES = 10 * 1024 * 1024;
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 10;

    private final Call call;

    WorkersClient(Call call) {
        this.call = call;
    }

    Future<List<JsonObject>> list() {
        return call.read("workers.list", new JsonObject()).map(json -> objects(json, "workers"));
    }

    Future<JsonObject> get(String name) {
        return call.read("workers.get", named(name));
    }

    /** The Worker, or nothing where there is none. */
    Future<Optional<JsonObject>> find(String name) {
        return get(name).map(Optional::of).recover(WorkersClient::absent);
    }

    Future<WorkerCode> code(String name) {
        return call.read("workers.code", named(name).put("maxBytes", MOST_CODE_BYTES))
                .map(WorkerCode::from);
    }

    Future<JsonObject> settings(String name) {
        return call.read("workers.settings", named(name));
    }

    Future<List<JsonObject>> deployments(String name) {
        return call.read("workers.deployments", named(name)).map(json -> objects(json, "deployments"));
    }

    Future<JsonObject> versions(String name, int page, int perPage) {
        return call.read("workers.versions", named(name).put("page", page).put("perPage", perPage));
    }

    /** The version with this id, or nothing when it is not among the newest thousand. */
    Future<Optional<JsonObject>> version(String name, String id) {
        return version(name, id, 1);
    }

    Future<JsonObject> deploy(JsonObject arguments) {
        return call.write("workers.deploy", arguments);
    }

    Future<JsonObject> rollback(JsonObject arguments) {
        return call.write("workers.rollback", arguments);
    }

    Future<List<JsonObject>> secrets(String name) {
        return call.read("workers.secrets", named(name)).map(json -> objects(json, "secrets"));
    }

    Future<List<JsonObject>> schedules(String name) {
        return call.read("workers.schedules", named(name)).map(json -> objects(json, "schedules"));
    }

    Future<Void> delete(String name) {
        return call.write("workers.delete", named(name)).mapEmpty();
    }

    private Future<Optional<JsonObject>> version(String name, String id, int page) {
        return versions(name, page, PER_PAGE).compose(found -> pick(name, id, page, found));
    }

    private Future<Optional<JsonObject>> pick(String name, String id, int page, JsonObject found) {
        var match = objects(found, "versions").stream()
                .filter(version -> version.getString("id").equals(id))
                .findFirst();
        return match.isEmpty() && found.containsKey("nextPage") && page < MOST_PAGES
                ? version(name, id, page + 1)
                : Future.succeededFuture(match);
    }

    private static <T> Future<Optional<T>> absent(Throwable failure) {
        return failure instanceof ToolException told && told.reason() == ToolException.Reason.NOT_FOUND
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }

    private static JsonObject named(String name) {
        return new JsonObject().put("name", name);
    }

    private static List<JsonObject> objects(JsonObject json, String list) {
        return json.getJsonArray(list).stream().map(JsonObject.class::cast).toList();
    }
}

package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Cloudflare's Workers API, as far as it brings code in: uploads, versions and deployments. */
final class DeploymentRoutes {

    private static final String SCRIPT = WorkersRoutes.SCRIPT;
    private static final int NO_VERSION = 10222;

    List<V4Route> routes() {
        return List.of(
                V4Route.of("PUT", SCRIPT, V4Route.LARGE, DeploymentRoutes::deploy),
                V4Route.of("PUT", SCRIPT + "/content", V4Route.LARGE, DeploymentRoutes::deployCode),
                V4Route.of("GET", SCRIPT + "/deployments", DeploymentRoutes::deployments),
                V4Route.of("POST", SCRIPT + "/deployments", DeploymentRoutes::redeploy),
                V4Route.of("GET", SCRIPT + "/versions", DeploymentRoutes::versions),
                V4Route.of("POST", SCRIPT + "/versions", V4Route.LARGE, DeploymentRoutes::upload),
                V4Route.of("GET", SCRIPT + "/versions/{version}", DeploymentRoutes::version));
    }

    private static Future<V4Answer> deploy(V4Request request) {
        return deploy(request, WorkerUpload.arguments(request));
    }

    private static Future<V4Answer> deployCode(V4Request request) {
        return deploy(request, WorkerUpload.arguments(request).put("keepBindings", true));
    }

    private static Future<V4Answer> deploy(V4Request request, JsonObject arguments) {
        return request.account()
                .write("workers.deploy", arguments)
                .compose(made -> request.account()
                        .read("workers.get", WorkersRoutes.script(request))
                        .otherwise(unread -> made) // What was deployed must not look as if it was not.
                        .map(found -> V4Answer.result(deployed(made, found, arguments))))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static JsonObject deployed(JsonObject made, JsonObject found, JsonObject arguments) {
        return WorkersRoutes.script(found)
                .put("deployment_id", made.getString("deploymentId", ""))
                .put("version_id", made.getString("versionId", ""))
                .put("entry_point", arguments.getString("mainModule", "worker.js"))
                .put("startup_time_ms", made.getInteger("startupMs", 0))
                .put("available_on_subdomain", false);
    }

    /** An upload that is not to be deployed: the operation deploys it, so the version before it is put back at once. */
    private static Future<V4Answer> upload(V4Request request) {
        var arguments = WorkerUpload.arguments(request);
        return request.account()
                .read("workers.deployments", WorkersRoutes.script(request))
                .compose(before -> request.account()
                        .write("workers.deploy", arguments)
                        .compose(made -> putBack(request, before).map(done -> uploaded(made, arguments))))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static Future<JsonObject> putBack(V4Request request, JsonObject before) {
        var current = before.getJsonArray("deployments").stream()
                .map(JsonObject.class::cast)
                .findFirst();
        if (current.isEmpty()) {
            return Future.succeededFuture(new JsonObject());
        }
        var version = current.get().getJsonArray("versions").getJsonObject(0).getString("versionId");
        return request.account()
                .write("workers.rollback", WorkersRoutes.script(request).put("versionId", version));
    }

    private static V4Answer uploaded(JsonObject made, JsonObject arguments) {
        return V4Answer.result(new JsonObject()
                .put("id", made.getString("versionId", ""))
                .put("startup_time_ms", made.getInteger("startupMs", 0))
                .put("entry_point", arguments.getString("mainModule", "worker.js"))
                .put("resources", new JsonObject().put("script", script()))
                .put("metadata", new JsonObject().put("has_preview", false)));
    }

    /** What is known of a version's code by itself. */
    private static JsonObject script() {
        return new JsonObject().put("etag", "").put("handlers", new JsonArray());
    }

    private static Future<V4Answer> deployments(V4Request request) {
        return request.account()
                .read("workers.deployments", WorkersRoutes.script(request))
                .map(DeploymentRoutes::deployments)
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static V4Answer deployments(JsonObject reply) {
        var deployments = new JsonArray();
        reply.getJsonArray("deployments").forEach(found -> deployments.add(deployment((JsonObject) found)));
        return V4Answer.result(new JsonObject().put("deployments", deployments));
    }

    private static JsonObject deployment(JsonObject found) {
        var versions = new JsonArray();
        for (var index = 0; index < found.getJsonArray("versions").size(); index++) {
            var version = found.getJsonArray("versions").getJsonObject(index);
            versions.add(new JsonObject()
                    .put("version_id", version.getString("versionId"))
                    .put("percentage", version.getNumber("percentage")));
        }
        var deployment = new JsonObject()
                .put("id", found.getString("id"))
                .put("created_on", found.getString("createdAt"))
                .put("source", found.getString("source", "api"))
                .put("strategy", found.getString("strategy", "percentage"))
                .put("author_email", found.getString("author", "local-api@localhost"))
                .put("versions", versions);
        return deployment.put("annotations", annotations(found));
    }

    private static JsonObject annotations(JsonObject found) {
        var annotations = new JsonObject();
        Optional.ofNullable(found.getString("message")).ifPresent(text -> annotations.put("workers/message", text));
        Optional.ofNullable(found.getString("tag")).ifPresent(text -> annotations.put("workers/tag", text));
        return annotations;
    }

    private static Future<V4Answer> redeploy(V4Request request) {
        var body = request.object();
        var arguments = WorkersRoutes.script(request).put("versionId", onlyVersion(body));
        if (body.getValue("annotations") instanceof JsonObject annotations
                && annotations.getValue("workers/message") instanceof String message) {
            arguments.put("message", message);
        }
        return request.account()
                .write("workers.rollback", arguments)
                .map(made -> V4Answer.result(deployment(made)))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static String onlyVersion(JsonObject body) {
        if (body.getValue("versions") instanceof JsonArray versions
                && versions.size() == 1
                && versions.getValue(0) instanceof JsonObject version
                && version.getValue("version_id") instanceof String id
                && version.getValue("percentage") instanceof Number percentage
                && percentage.doubleValue() == 100) {
            return id;
        }
        throw new V4Error(400, 10021, "versions must name one version with a percentage of 100; none is split here");
    }

    private static Future<V4Answer> versions(V4Request request) {
        var page = request.number("page", 1, 1, 1_000_000);
        var perPage = request.number("per_page", 10, 1, 100);
        return request.account()
                .read(
                        "workers.versions",
                        WorkersRoutes.script(request).put("page", page).put("perPage", perPage))
                .map(reply -> versions(reply, page, perPage))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static V4Answer versions(JsonObject reply, int page, int perPage) {
        var items = new JsonArray();
        reply.getJsonArray("versions").forEach(version -> items.add(version((JsonObject) version)));
        var total = Math.multiplyFull(page - 1, perPage) + items.size() + (reply.containsKey("nextPage") ? 1 : 0);
        return V4Answer.page(new JsonObject().put("items", items), Paging.info(page, perPage, items.size(), total));
    }

    private static JsonObject version(JsonObject found) {
        var metadata = new JsonObject()
                .put("source", found.getString("source", "api"))
                .put("author_email", found.getString("author", "local-api@localhost"))
                .put("has_preview", false);
        Optional.ofNullable(found.getString("createdAt"))
                .ifPresent(at -> metadata.put("created_on", at).put("modified_on", at));
        return new JsonObject()
                .put("id", found.getString("id"))
                .put("number", found.getInteger("number", 0))
                .put("metadata", metadata)
                .put("annotations", annotations(found));
    }

    /** There is no operation for one, so it is looked for among the newest. */
    private static Future<V4Answer> version(V4Request request) {
        var id = request.variable("version");
        return request.account()
                .read("workers.versions", WorkersRoutes.script(request).put("perPage", 100))
                .compose(reply -> found(reply, id)
                        .map(found -> settings(request).map(settings -> V4Answer.result(version(found, settings))))
                        .orElseGet(() -> Future.failedFuture(
                                new V4Error(404, NO_VERSION, "there is no version " + id + " among the newest 100"))))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static Future<JsonObject> settings(V4Request request) {
        return request.account().read("workers.settings", WorkersRoutes.script(request));
    }

    private static Optional<JsonObject> found(JsonObject reply, String id) {
        return reply.getJsonArray("versions").stream()
                .map(JsonObject.class::cast)
                .filter(version -> version.getString("id").equals(id))
                .findFirst();
    }

    /** Settings are kept for the Worker, not for each version. */
    private static JsonObject version(JsonObject found, JsonObject settings) {
        var bindings = new JsonArray();
        settings.getJsonArray("bindings")
                .forEach(binding -> bindings.add(BindingNames.toCloudflare((JsonObject) binding)));
        var runtime = new JsonObject()
                .put("compatibility_date", settings.getString("compatibilityDate", ""))
                .put("compatibility_flags", settings.getJsonArray("compatibilityFlags", new JsonArray()))
                .put("usage_model", "standard");
        var resources = new JsonObject()
                .put("bindings", bindings)
                .put("script", script())
                .put("script_runtime", runtime);
        return version(found).put("resources", resources);
    }
}

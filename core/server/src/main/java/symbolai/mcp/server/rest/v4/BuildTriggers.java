package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;

/** What starts builds in Cloudflare's API. Here each Worker has one trigger, whose id follows from the Worker's tag. */
final class BuildTriggers {

    private static final int NO_WORKER = 12006;

    Future<V4Answer> list(V4Request request) {
        return worker(request, request.variable("tag"))
                .compose(worker -> latest(request, worker).map(build -> trigger(worker, build)))
                .map(trigger -> V4Answer.result(new JsonArray().add(trigger)))
                .recover(ErrorCodes.BUILDS::failed);
    }

    /** The branch of the newest build is the one that is checked out, as far as is known. */
    private static Future<JsonObject> latest(V4Request request, JsonObject worker) {
        var arguments = new JsonObject().put("worker", worker.getString("name")).put("perPage", 1);
        return request.account()
                .read("builds.list", arguments)
                .map(reply -> reply.getJsonArray("builds").stream()
                        .map(JsonObject.class::cast)
                        .findFirst()
                        .orElseGet(JsonObject::new));
    }

    private static JsonObject trigger(JsonObject worker, JsonObject build) {
        return trigger(new JsonObject()
                .put("worker", worker.getString("name"))
                .put("workerId", worker.getString("id"))
                .put("branch", build.getString("branch", "main"))
                .put("buildCommand", build.getString("buildCommand", ""))
                .put("deployCommand", build.getString("deployCommand", "")));
    }

    Future<V4Answer> start(V4Request request) {
        var body = request.object();
        var tag = request.variable("trigger").replace("-", "");
        return worker(request, tag)
                .map(worker -> arguments(worker.getString("name"), body))
                .compose(arguments -> request.account().write("builds.trigger", arguments))
                .map(made -> V4Answer.result(BuildRoutes.build(made)))
                .recover(ErrorCodes.BUILDS::failed);
    }

    private static JsonObject arguments(String worker, JsonObject body) {
        var arguments = new JsonObject().put("worker", worker);
        if (body.getValue("branch") instanceof String branch) {
            arguments.put("branch", branch);
        }
        if (body.getValue("commit_hash") instanceof String commit) {
            arguments.put("commit", commit);
        }
        return arguments;
    }

    /** The Worker with the tag. */
    Future<JsonObject> worker(V4Request request, String tag) {
        Predicate<JsonObject> wanted = worker -> worker.getString("id").equalsIgnoreCase(tag);
        return request.account()
                .read("workers.list", new JsonObject())
                .compose(reply -> reply.getJsonArray("workers").stream()
                        .map(JsonObject.class::cast)
                        .filter(wanted)
                        .findFirst()
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new V4Error(404, NO_WORKER, "there is no such Worker"))));
    }

    static JsonObject trigger(JsonObject build) {
        var tag = build.getString("workerId", "");
        return new JsonObject()
                .put("trigger_uuid", uuid(tag))
                .put("external_script_id", tag)
                .put("trigger_name", build.getString("worker", ""))
                .put("build_command", build.getString("buildCommand", ""))
                .put("deploy_command", build.getString("deployCommand", ""))
                .put("root_directory", "/")
                .put("branch_includes", new JsonArray().add(build.getString("branch", "main")))
                .put("branch_excludes", new JsonArray());
    }

    private static String uuid(String tag) {
        return tag.matches("[0-9a-fA-F]{32}")
                ? tag.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5")
                : tag;
    }
}

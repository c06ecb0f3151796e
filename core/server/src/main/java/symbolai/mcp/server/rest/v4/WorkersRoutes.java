package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Cloudflare's Workers API, as far as it reads and removes: scripts, their code, settings, secrets and schedules. */
final class WorkersRoutes {

    static final String SCRIPTS = "/accounts/{account}/workers/scripts";
    static final String SCRIPT = SCRIPTS + "/{script}";
    private static final int MOST_CODE = 10 << 20;
    private static final int NO_SERVICE = 10090;

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", SCRIPTS, WorkersRoutes::list),
                V4Route.of("GET", SCRIPT, WorkersRoutes::code),
                V4Route.of("GET", SCRIPT + "/content/v2", WorkersRoutes::code),
                V4Route.of("DELETE", SCRIPT, WorkersRoutes::delete),
                V4Route.of("GET", SCRIPT + "/settings", WorkersRoutes::settings),
                V4Route.of("GET", SCRIPT + "/script-settings", WorkersRoutes::scriptSettings),
                V4Route.of("PATCH", SCRIPT + "/script-settings", WorkersRoutes::scriptSettings),
                V4Route.of("GET", SCRIPT + "/secrets", WorkersRoutes::secrets),
                V4Route.of("GET", SCRIPT + "/schedules", WorkersRoutes::schedules),
                V4Route.of("GET", SCRIPT + "/subdomain", WorkersRoutes::subdomain),
                V4Route.of("POST", SCRIPT + "/subdomain", WorkersRoutes::subdomain),
                V4Route.of("GET", "/accounts/{account}/workers/subdomain", WorkersRoutes::accountSubdomain),
                V4Route.of("GET", "/accounts/{account}/workers/workers/{script}", WorkersRoutes::worker),
                V4Route.of("GET", "/accounts/{account}/workers/durable_objects/namespaces", WorkersRoutes::none),
                V4Route.of("GET", "/accounts/{account}/workers/services/{script}", WorkersRoutes::service),
                V4Route.of("DELETE", "/accounts/{account}/workers/services/{script}", WorkersRoutes::delete));
    }

    /** The arguments that name the path's script. */
    static JsonObject script(V4Request request) {
        var name = request.variable("script");
        if (!name.matches("[A-Za-z0-9_-]{1,63}")) {
            throw new V4Error(400, 10016, "a script's name has 1 to 63 letters, digits, _ and -");
        }
        return new JsonObject().put("name", name);
    }

    private static Future<V4Answer> list(V4Request request) {
        return request.account()
                .read("workers.list", new JsonObject())
                .map(reply -> V4Answer.result(scripts(reply.getJsonArray("workers"))))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static JsonArray scripts(JsonArray workers) {
        var scripts = new JsonArray();
        workers.forEach(worker -> scripts.add(script((JsonObject) worker)));
        return scripts;
    }

    /** Cloudflare calls the name id, and the id tag. */
    static JsonObject script(JsonObject worker) {
        var script = new JsonObject()
                .put("id", worker.getString("name"))
                .put("tag", worker.getString("id"))
                .put("etag", worker.getString("etag", ""))
                .put("handlers", worker.getJsonArray("handlers", new JsonArray()))
                .put("has_assets", worker.getBoolean("hasAssets", false))
                .put("has_modules", true)
                .put("usage_model", "standard")
                .put("logpush", false);
        Optional.ofNullable(worker.getString("createdAt")).ifPresent(at -> script.put("created_on", at));
        Optional.ofNullable(worker.getString("modifiedAt")).ifPresent(at -> script.put("modified_on", at));
        return script;
    }

    private static Future<V4Answer> code(V4Request request) {
        return request.account()
                .read("workers.code", script(request).put("maxBytes", MOST_CODE))
                .map(WorkersRoutes::code)
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static V4Answer code(JsonObject reply) {
        if (reply.getBoolean("truncated")) {
            throw new V4Error(413, 10027, "the code is larger than " + MOST_CODE + " bytes");
        }
        var form = new FormWriter();
        for (var index = 0; index < reply.getJsonArray("modules").size(); index++) {
            var module = reply.getJsonArray("modules").getJsonObject(index);
            form.file(module.getString("name"), module.getString("contentType"), Octets.take(module));
        }
        var main = Optional.ofNullable(reply.getString("mainModule"));
        var answer = V4Answer.bytes(form.contentType(), form.end());
        return main.map(name -> answer.with("cf-entrypoint", name)).orElse(answer);
    }

    private static Future<V4Answer> delete(V4Request request) {
        return request.account()
                .write("workers.delete", script(request))
                .map(gone -> V4Answer.result(null))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static Future<V4Answer> settings(V4Request request) {
        return request.account()
                .read("workers.settings", script(request))
                .map(found -> V4Answer.result(settings(found)))
                .recover(ErrorCodes.WORKERS::failed);
    }

    /** What a change would set does not exist here, so nothing is changed. */
    private static Future<V4Answer> scriptSettings(V4Request request) {
        return request.account()
                .read("workers.settings", script(request))
                .map(found -> V4Answer.result(common(found)))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static JsonObject common(JsonObject found) {
        return new JsonObject()
                .put("logpush", found.getBoolean("logpush", false))
                .put("observability", new JsonObject().put("enabled", found.getBoolean("observability", false)))
                .put("tags", found.getJsonArray("tags", new JsonArray()))
                .put("tail_consumers", new JsonArray());
    }

    private static JsonObject settings(JsonObject found) {
        var settings = common(found)
                .put("bindings", bindings(found.getJsonArray("bindings")))
                .put("compatibility_flags", found.getJsonArray("compatibilityFlags", new JsonArray()))
                .put("usage_model", found.getString("usageModel", "standard"));
        Optional.ofNullable(found.getString("compatibilityDate"))
                .ifPresent(date -> settings.put("compatibility_date", date));
        Optional.ofNullable(found.getString("placement"))
                .ifPresent(mode -> settings.put("placement", new JsonObject().put("mode", mode)));
        return settings;
    }

    private static JsonArray bindings(JsonArray found) {
        var bindings = new JsonArray();
        found.forEach(binding -> bindings.add(BindingNames.toCloudflare((JsonObject) binding)));
        return bindings;
    }

    private static Future<V4Answer> secrets(V4Request request) {
        return request.account()
                .read("workers.secrets", script(request))
                .map(found -> V4Answer.result(found.getJsonArray("secrets")))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static Future<V4Answer> schedules(V4Request request) {
        return request.account()
                .read("workers.schedules", script(request))
                .map(WorkersRoutes::schedules)
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static V4Answer schedules(JsonObject reply) {
        var schedules = new JsonArray();
        for (var index = 0; index < reply.getJsonArray("schedules").size(); index++) {
            var found = reply.getJsonArray("schedules").getJsonObject(index);
            var schedule = new JsonObject().put("cron", found.getString("cron"));
            Optional.ofNullable(found.getString("createdAt")).ifPresent(at -> schedule.put("created_on", at));
            Optional.ofNullable(found.getString("modifiedAt")).ifPresent(at -> schedule.put("modified_on", at));
            schedules.add(schedule);
        }
        return V4Answer.result(new JsonObject().put("schedules", schedules));
    }

    /** Nothing is served under a name of its own here. */
    private static Future<V4Answer> subdomain(V4Request request) {
        return request.account()
                .read("workers.get", script(request))
                .map(found ->
                        V4Answer.result(new JsonObject().put("enabled", false).put("previews_enabled", false)))
                .recover(ErrorCodes.WORKERS::failed);
    }

    /** The newer form of a script. */
    private static Future<V4Answer> worker(V4Request request) {
        return request.account()
                .read("workers.get", script(request))
                .map(found -> V4Answer.result(worker(found)))
                .recover(ErrorCodes.WORKERS::failed);
    }

    private static JsonObject worker(JsonObject found) {
        return new JsonObject()
                .put("id", found.getString("id"))
                .put("name", found.getString("name"))
                .put("subdomain", new JsonObject().put("enabled", false).put("previews_enabled", false));
    }

    /** There are no Durable Objects here, which wrangler looks for before it deletes a script. */
    private static Future<V4Answer> none(V4Request request) {
        return Future.succeededFuture(V4Answer.result(new JsonArray()));
    }

    private static Future<V4Answer> accountSubdomain(V4Request request) {
        return Future.succeededFuture(V4Answer.result(new JsonObject().put("subdomain", "symbolai-mcp")));
    }

    /** The older form in which wrangler asks whether there is such a script. */
    private static Future<V4Answer> service(V4Request request) {
        return request.account()
                .read("workers.get", script(request))
                .map(found -> V4Answer.result(service(script(found))))
                .recover(WorkersRoutes::noService);
    }

    private static JsonObject service(JsonObject script) {
        var environment = new JsonObject()
                .put("environment", "production")
                .put("script", script.copy().put("last_deployed_from", "wrangler"));
        return new JsonObject()
                .put("id", script.getString("id"))
                .put("default_environment", environment)
                .put("environments", new JsonArray().add(environment));
    }

    private static Future<V4Answer> noService(Throwable failure) {
        return failure instanceof ToolException known && known.reason() == Reason.NOT_FOUND
                ? Future.failedFuture(new V4Error(404, NO_SERVICE, "workers.api.error.service_not_found"))
                : ErrorCodes.WORKERS.failed(failure);
    }
}

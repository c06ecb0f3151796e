package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Uploads Workers, which deploys them. */
final class WorkerUpload implements Api {

    private final RestClient client;
    private final Scripts scripts;

    WorkerUpload(RestClient client, Scripts scripts) {
        this.client = client;
        this.scripts = scripts;
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("workers.deploy", this::deploy);
    }

    private Future<JsonObject> deploy(Operation operation) {
        return bindings(operation).compose(there -> upload(operation, there));
    }

    /** The names of the bindings that are there now; empty for a Worker that is new. */
    private Future<Optional<List<String>>> bindings(Operation operation) {
        var request = RestRequest.get("workers", "scripts", WorkersApi.name(operation), "settings")
                .asReading();
        return client.send(
                        operation,
                        request,
                        envelope -> Optional.of(envelope.object().objects("bindings").stream()
                                .map(binding -> binding.required("name"))
                                .toList()))
                .recover(WorkerUpload::noneWhenNew);
    }

    private static Future<Optional<List<String>>> noneWhenNew(Throwable failure) {
        return failure instanceof ToolException tool && tool.reason() == Reason.NOT_FOUND
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure);
    }

    private Future<JsonObject> upload(Operation operation, Optional<List<String>> there) {
        var form = form(operation.arguments(), there);
        var request = RestRequest.put("workers", "scripts", WorkersApi.name(operation))
                .body(form.mediaType(), form.body());
        return client.send(operation, request, envelope -> deployed(operation, envelope.object()))
                .compose(worker -> identified(operation, worker));
    }

    private static Multipart form(JsonObject arguments, Optional<List<String>> there) {
        var modules = arguments.getJsonArray("modules").stream()
                .map(JsonObject.class::cast)
                .toList();
        var main = main(arguments, modules);
        var metadata = metadata(arguments, there)
                .put(arguments.getBoolean("script", false) ? "body_part" : "main_module", main);
        var form = new Multipart()
                .part("metadata", Optional.empty(), "application/json", Buffer.buffer(metadata.encode()));
        for (var module : modules) {
            var name = module.getString("name");
            form.part(name, Optional.of(name), module.getString("contentType"), Octets.given(module));
        }
        return form;
    }

    private static String main(JsonObject arguments, List<JsonObject> modules) {
        var main = arguments.getString("mainModule", modules.get(0).getString("name"));
        if (modules.stream().noneMatch(module -> module.getString("name").equals(main))) {
            throw new ToolException(Reason.INVALID, "mainModule is \"" + main + "\", and no module has that name");
        }
        return main;
    }

    /** No static files can be given, so those of a Worker that is there are kept; else the upload would drop them. */
    private static JsonObject metadata(JsonObject arguments, Optional<List<String>> there) {
        var kept = there.filter(names -> arguments.getBoolean("keepBindings", false))
                .orElse(List.of());
        return new Shape()
                .put("bindings", bindings(arguments, kept))
                .maybe("keep_assets", there.map(names -> true))
                .maybe("compatibility_date", Optional.ofNullable(arguments.getString("compatibilityDate")))
                .maybe("compatibility_flags", Optional.ofNullable(arguments.getJsonArray("compatibilityFlags")))
                .maybe(
                        "annotations",
                        Optional.ofNullable(arguments.getString("message"))
                                .map(message -> new JsonObject().put("workers/message", message)))
                .json();
    }

    /** A binding that is kept is inherited by name, so that its value need not be known here. */
    private static JsonArray bindings(JsonObject arguments, List<String> kept) {
        var bindings = arguments.getJsonArray("bindings", new JsonArray()).copy();
        var named = new HashSet<String>();
        bindings.forEach(binding -> named.add(((JsonObject) binding).getString("name")));
        kept.stream()
                .filter(name -> !named.contains(name))
                .forEach(name ->
                        bindings.add(new JsonObject().put("type", "inherit").put("name", name)));
        return bindings;
    }

    private static JsonObject deployed(Operation operation, Fields result) {
        return new Shape()
                .put("name", WorkersApi.name(operation))
                .maybe("id", result.filled("tag"))
                .maybe("versionId", result.filled("version_id"))
                .maybe("deploymentId", result.filled("deployment_id"))
                .maybe("createdAt", result.time("modified_on").or(() -> result.time("created_on")))
                .maybe("startupMs", result.number("startup_time_ms").map(Number::doubleValue))
                .json();
    }

    /** It is deployed; that its id cannot be found out is no failure any more. */
    private Future<JsonObject> identified(Operation operation, JsonObject worker) {
        if (worker.containsKey("id")) {
            return Future.succeededFuture(worker);
        }
        var name = WorkersApi.name(operation);
        return scripts.named(operation, name)
                .map(found -> worker.put("id", found.getString("id")))
                .otherwise(unknown -> worker.put("id", name));
    }
}

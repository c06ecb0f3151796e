package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations that look at Workers. */
final class WorkersApi implements Api {

    /** What a binding leads to, by the names that Cloudflare has for that. Values of variables and secrets are not among them. */
    private static final List<String> TARGET_IDS = List.of("namespace_id", "database_id", "id", "certificate_id");

    private static final List<String> TARGETS = List.of(
            "bucket_name",
            "service",
            "class_name",
            "queue_name",
            "index_name",
            "dataset",
            "workflow_name",
            "namespace");

    private final RestClient client;
    private final Scripts scripts;

    WorkersApi(RestClient client, Scripts scripts) {
        this.client = client;
        this.scripts = scripts;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of(
                "workers.list", this::list,
                "workers.get", operation -> scripts.named(operation, name(operation)),
                "workers.code", this::code,
                "workers.settings", this::settings,
                "workers.secrets", this::secrets,
                "workers.schedules", this::schedules);
    }

    private Future<JsonObject> list(Operation operation) {
        return scripts.all(operation).map(workers -> new JsonObject().put("workers", new JsonArray(workers)));
    }

    private Future<JsonObject> code(Operation operation) {
        var request = RestRequest.get("workers", "scripts", name(operation), "content", "v2");
        return client.raw(
                operation,
                request,
                reply -> ScriptCode.read(reply, operation.arguments().getInteger("maxBytes")));
    }

    private Future<JsonObject> settings(Operation operation) {
        var request = RestRequest.get("workers", "scripts", name(operation), "settings");
        return client.send(operation, request, envelope -> settings(envelope.object()));
    }

    private static JsonObject settings(Fields result) {
        var bindings = new JsonArray();
        result.objects("bindings").stream().map(WorkersApi::binding).forEach(bindings::add);
        var flags = result.texts("compatibility_flags");
        var tags = result.texts("tags");
        return new Shape()
                .put("bindings", bindings)
                .maybe("compatibilityDate", result.filled("compatibility_date"))
                .maybe("compatibilityFlags", flags.isEmpty() ? Optional.empty() : Optional.of(flags))
                .maybe("usageModel", result.filled("usage_model"))
                .maybe("logpush", result.fact("logpush"))
                .maybe("observability", result.object("observability").flatMap(found -> found.fact("enabled")))
                .maybe("placement", result.object("placement").flatMap(found -> found.filled("mode")))
                .maybe("tags", tags.isEmpty() ? Optional.empty() : Optional.of(tags))
                .json();
    }

    private static JsonObject binding(Fields binding) {
        return new Shape()
                .put("name", binding.text("name").orElse(""))
                .put("type", binding.required("type"))
                .maybe("id", first(binding, TARGET_IDS))
                .maybe("detail", first(binding, TARGETS))
                .json();
    }

    private static Optional<String> first(Fields binding, List<String> names) {
        return names.stream()
                .map(name -> binding.filled(name).orElse(null))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private Future<JsonObject> secrets(Operation operation) {
        var request = RestRequest.get("workers", "scripts", name(operation), "secrets");
        return client.send(operation, request, envelope -> secrets(Fields.all(envelope.array())));
    }

    private static JsonObject secrets(List<Fields> given) {
        var secrets = new JsonArray();
        given.forEach(secret -> secrets.add(new JsonObject()
                .put("name", secret.required("name"))
                .put("type", secret.filled("type").orElse("secret_text"))));
        return new JsonObject().put("secrets", secrets);
    }

    private Future<JsonObject> schedules(Operation operation) {
        var request = RestRequest.get("workers", "scripts", name(operation), "schedules");
        return client.send(operation, request, envelope -> schedules(envelope.object()));
    }

    private static JsonObject schedules(Fields result) {
        var schedules = new JsonArray();
        result.objects("schedules").stream()
                .map(schedule -> new Shape()
                        .put("cron", schedule.required("cron"))
                        .maybe("createdAt", schedule.time("created_on"))
                        .maybe("modifiedAt", schedule.time("modified_on"))
                        .json())
                .forEach(schedules::add);
        return new JsonObject().put("schedules", schedules);
    }

    static String name(Operation operation) {
        return operation.arguments().getString("name");
    }
}

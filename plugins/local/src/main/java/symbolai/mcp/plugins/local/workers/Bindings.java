package symbolai.mcp.plugins.local.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.plugins.local.projects.ProjectWorker;

/** What Workers are bound to, without the value of any secret. */
final class Bindings {

    private static final List<String> IDS = List.of("namespace_id", "database_id", "id");
    private static final List<String> DETAILS =
            List.of("bucket_name", "service", "queue_name", "class_name", "index_name", "dataset", "text");
    private static final int LONGEST_TEXT = 1000;
    private static final int MOST = 256;

    private Bindings() {}

    /** The bindings as they are kept: of a secret, its name alone. */
    static JsonArray kept(JsonArray given) {
        if (given.size() > MOST) {
            throw WorkerModule.invalid("a Worker has at most " + MOST + " bindings");
        }
        var kept = new JsonArray();
        for (var index = 0; index < given.size(); index++) {
            kept.add(kept(given.getJsonObject(index)));
        }
        return kept;
    }

    /** Those that were there and are not named again, then the new ones. */
    static JsonArray merged(JsonArray before, JsonArray now) {
        Map<String, JsonObject> all = new LinkedHashMap<>();
        List.of(before, now)
                .forEach(list -> list.forEach(each -> {
                    if (each instanceof JsonObject binding) {
                        all.put(binding.getString("name"), binding);
                    }
                }));
        return new JsonArray(List.copyOf(all.values()));
    }

    static boolean isSecret(JsonObject binding) {
        return binding.getString("type", "").startsWith("secret");
    }

    static JsonArray of(ProjectWorker project) {
        var worker = project.worker();
        var bindings = new JsonArray();
        worker.databases()
                .forEach(database -> bindings.add(binding(database.binding(), "d1", "id", database.databaseId())));
        worker.namespaces()
                .forEach(namespace -> bindings.add(binding(namespace.binding(), "kv_namespace", "id", namespace.id())));
        worker.buckets()
                .forEach(bucket -> bindings.add(binding(bucket.binding(), "r2_bucket", "detail", bucket.bucketName())));
        worker.variables().forEach(name -> bindings.add(binding(name, "plain_text", "detail", Optional.empty())));
        return bindings;
    }

    private static JsonObject binding(String name, String type, String key, Optional<String> value) {
        var json = new JsonObject().put("name", name).put("type", type);
        value.ifPresent(text -> json.put(key, text));
        return json;
    }

    private static JsonObject kept(JsonObject given) {
        var kept = new JsonObject().put("name", given.getString("name")).put("type", given.getString("type"));
        if (!isSecret(given)) {
            first(given, IDS).ifPresent(id -> kept.put("id", id));
            first(given, DETAILS).ifPresent(detail -> kept.put("detail", detail));
        }
        return kept;
    }

    private static Optional<String> first(JsonObject given, List<String> keys) {
        return keys.stream()
                .map(given::getValue)
                .filter(String.class::isInstance)
                .map(String::valueOf)
                .map(text -> text.substring(0, Math.min(text.length(), LONGEST_TEXT)))
                .findFirst();
    }
}

package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What Cloudflare's tools take, as their servers list it. */
final class StubSchemas {

    private StubSchemas() {}

    static Map<String, JsonObject> all() {
        var schemas = new HashMap<String, JsonObject>();
        schemas.put("d1_databases_list", schema(List.of(), "name", "page", "per_page"));
        schemas.put("d1_database_get", schema(List.of("database_id")));
        schemas.put("d1_database_create", schema(List.of("name"), "primary_location_hint"));
        schemas.put("d1_database_delete", schema(List.of("database_id")));
        schemas.put("d1_database_query", schema(List.of("database_id", "sql", "params")));
        schemas.put("kv_namespaces_list", schema(List.of(), "params"));
        schemas.put("kv_namespace_get", schema(List.of("namespace_id")));
        schemas.put("kv_namespace_create", schema(List.of("title")));
        schemas.put("kv_namespace_update", schema(List.of("namespace_id", "title")));
        schemas.put("kv_namespace_delete", schema(List.of("namespace_id")));
        schemas.put(
                "r2_buckets_list",
                schema(List.of(), "cursor", "direction", "name_contains", "per_page", "start_after"));
        schemas.put("r2_bucket_get", schema(List.of("name")));
        schemas.put("r2_bucket_create", schema(List.of("name")));
        schemas.put("r2_bucket_delete", schema(List.of("name")));
        schemas.put("workers_list", schema(List.of()));
        schemas.put("workers_get_worker", schema(List.of("scriptName")));
        schemas.put("workers_get_worker_code", schema(List.of("scriptName")));
        schemas.put("workers_builds_list_builds", schema(List.of("workerId"), "page", "perPage"));
        schemas.put("workers_builds_get_build", schema(List.of("buildUUID")));
        schemas.put("workers_builds_get_build_logs", schema(List.of("buildUUID")));
        schemas.put("query_worker_observability", schema(List.of("query")));
        schemas.put("observability_keys", schema(List.of("keysQuery")));
        schemas.put("observability_values", schema(List.of("valuesQuery")));
        return schemas;
    }

    private static JsonObject schema(List<String> required, String... optional) {
        var properties = new JsonObject();
        required.forEach(name -> properties.put(name, new JsonObject()));
        List.of(optional).forEach(name -> properties.put(name, new JsonObject()));
        // For tokens of several accounts each tool takes one more.
        properties.put("account_id", new JsonObject());
        return new JsonObject()
                .put("type", "object")
                .put("properties", properties)
                .put("required", new JsonArray(required));
    }
}

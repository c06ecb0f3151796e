package symbolai.mcp.server.rest.v4;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Knows in which field Cloudflare keeps what a binding is bound to. */
final class BindingNames {

    private static final Map<String, String> FIELDS = Map.of(
            "d1", "id",
            "kv_namespace", "namespace_id",
            "r2_bucket", "bucket_name",
            "service", "service",
            "queue", "queue_name",
            "durable_object_namespace", "class_name");

    private static final Set<String> SECRETS = Set.of("secret_text", "secret_key");

    private BindingNames() {}

    static JsonObject toCloudflare(JsonObject binding) {
        var type = binding.getString("type");
        var shaped = new JsonObject().put("name", binding.getString("name")).put("type", type);
        Optional.ofNullable(binding.getString("id")).ifPresent(id -> shaped.put(FIELDS.getOrDefault(type, "id"), id));
        Optional.ofNullable(binding.getString("detail"))
                .filter(text -> type.equals("plain_text"))
                .ifPresent(text -> shaped.put("text", text));
        return shaped;
    }

    /** Whether the binding stays what it was in the version before. */
    static boolean isInherited(@Nullable Object element) {
        return element instanceof JsonObject binding && "inherit".equals(binding.getValue("type"));
    }

    /** The bindings of an upload; of secrets, only names are passed on. */
    static JsonArray ofUpload(JsonArray given) {
        var bindings = new JsonArray();
        for (var element : given) {
            if (!(element instanceof JsonObject binding)
                    || !(binding.getValue("name") instanceof String name)
                    || !(binding.getValue("type") instanceof String type)) {
                throw new V4Error(400, 10021, "each binding must be an object with name and type");
            }
            if (isInherited(element)) {
                continue;
            }
            bindings.add(
                    SECRETS.contains(type) ? new JsonObject().put("name", name).put("type", type) : binding);
        }
        return bindings;
    }
}

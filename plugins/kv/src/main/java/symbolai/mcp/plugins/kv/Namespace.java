package symbolai.mcp.plugins.kv;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One namespace, as the account knows it. */
record Namespace(String id, String title, Optional<String> jurisdiction) {

    static Namespace from(JsonObject json) {
        return new Namespace(
                json.getString("id"), json.getString("title"), Optional.ofNullable(json.getString("jurisdiction")));
    }

    JsonObject toJson() {
        var json = new JsonObject().put("id", id).put("title", title);
        jurisdiction.ifPresent(name -> json.put("jurisdiction", name));
        return json;
    }
}

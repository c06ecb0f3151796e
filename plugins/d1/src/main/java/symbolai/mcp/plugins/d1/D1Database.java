package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One database, as the account knows it. */
record D1Database(String uuid, String name, String createdAt, Optional<Long> fileSize) {

    static D1Database from(JsonObject json) {
        return new D1Database(
                json.getString("uuid"),
                json.getString("name"),
                json.getString("createdAt"),
                Optional.ofNullable(json.getLong("fileSize")));
    }

    JsonObject toJson() {
        var json = new JsonObject().put("uuid", uuid).put("name", name).put("createdAt", createdAt);
        fileSize.ifPresent(size -> json.put("fileSize", size));
        return json;
    }
}

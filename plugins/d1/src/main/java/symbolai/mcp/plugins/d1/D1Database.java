package symbolai.mcp.plugins.d1;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One database, as the account knows it. */
record D1Database(String uuid, String name, Optional<String> createdAt, Optional<Long> fileSize) {

    static D1Database from(JsonObject json) {
        return new D1Database(
                json.getString("uuid"),
                json.getString("name"),
                Optional.ofNullable(json.getString("createdAt")),
                Optional.ofNullable(json.getLong("fileSize")));
    }

    JsonObject toJson() {
        var json = new JsonObject().put("uuid", uuid).put("name", name);
        createdAt.ifPresent(time -> json.put("createdAt", time));
        fileSize.ifPresent(size -> json.put("fileSize", size));
        return json;
    }
}

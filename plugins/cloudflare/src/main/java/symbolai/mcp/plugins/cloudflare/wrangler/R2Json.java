package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Turns what miniflare knows of an object into what our operations say of it. */
final class R2Json {

    private R2Json() {}

    /** An object of a list or alone; none when the least is missing. */
    static Optional<JsonObject> object(Fields entry) {
        var key = entry.filled("key");
        var time = entry.time("last_modified");
        return key.flatMap(name -> time.map(uploaded -> new JsonObject()
                        .put("key", name)
                        .put("size", entry.count("size").orElse(0L))
                        .put("etag", entry.text("etag").orElse(""))
                        .put("uploadedAt", uploaded)))
                .map(object -> described(object, entry.at("http_metadata"), entry.at("custom_metadata")));
    }

    /** The same with its headers and the user's own metadata. */
    static JsonObject described(JsonObject object, Fields http, Fields custom) {
        http.filled("contentType").ifPresent(type -> object.put("contentType", type));
        var texts = new JsonObject();
        custom.json().fieldNames().forEach(name -> custom.text(name).ifPresent(text -> texts.put(name, text)));
        return texts.isEmpty() ? object : object.put("metadata", texts);
    }
}

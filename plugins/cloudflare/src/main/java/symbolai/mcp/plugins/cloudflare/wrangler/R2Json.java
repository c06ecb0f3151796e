package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;

/** Turns what miniflare knows of an object into what our operations say of it. */
final class R2Json {

    private R2Json() {}

    /** An object of a list or alone. */
    static JsonObject object(Fields entry) {
        var object = new JsonObject()
                .put("key", entry.required("key"))
                .put("size", entry.count("size").orElseThrow(() -> new Malformed("an object has no size")))
                .put("etag", entry.required("etag"))
                .put("uploadedAt", entry.requiredTime("last_modified"));
        return described(object, entry.at("http_metadata"), entry.at("custom_metadata"));
    }

    /** The same with its headers and the user's own metadata. */
    static JsonObject described(JsonObject object, Fields http, Fields custom) {
        http.filled("contentType").ifPresent(type -> object.put("contentType", type));
        var texts = new JsonObject();
        custom.json().fieldNames().forEach(name -> custom.text(name).ifPresent(text -> texts.put(name, text)));
        return texts.isEmpty() ? object : object.put("metadata", texts);
    }
}

package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Makes an object of a result, in which what is absent is left out. */
public final class Shape {

    private final JsonObject json = new JsonObject();

    /** With a field that is always there. */
    public Shape put(String name, Object value) {
        json.put(name, value);
        return this;
    }

    /** With a field that may be absent. */
    public Shape maybe(String name, Optional<?> value) {
        value.ifPresent(present -> json.put(name, present));
        return this;
    }

    /** The object. */
    public JsonObject json() {
        return json;
    }
}

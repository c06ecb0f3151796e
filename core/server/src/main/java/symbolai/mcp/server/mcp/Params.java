package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;

/**
 * The parameters of a request, read by name; what has the wrong type is refused with the name and what would be right.
 *
 * @param json the params object
 */
public record Params(JsonObject json) {

    /** The {@code _meta} object, empty when there is none. */
    public JsonObject meta() {
        return object("_meta").orElseGet(JsonObject::new);
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> invalid(name + " is required and is text"));
    }

    /** A text that may be there. */
    public Optional<String> optionalText(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw invalid(name + " must be text");
    }

    /** An object that may be there. */
    public Optional<JsonObject> object(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonObject object) {
            return Optional.of(object);
        }
        throw invalid(name + " must be an object");
    }

    /** An object that must be there. */
    public Params required(String name) {
        return new Params(object(name).orElseThrow(() -> invalid(name + " is required and is an object")));
    }

    /** An object of texts that may be there. */
    public Map<String, String> texts(String name) {
        var texts = new LinkedHashMap<String, String>();
        var values = new Params(object(name).orElseGet(JsonObject::new));
        values.json().fieldNames().forEach(key -> texts.put(key, values.text(key)));
        return texts;
    }

    /** An object of objects that may be there; unlike elsewhere, null is not the same as absent. */
    public Map<String, JsonObject> objects(String name) {
        var objects = new LinkedHashMap<String, JsonObject>();
        if (json.containsKey(name)) {
            var values = required(name);
            values.json()
                    .fieldNames()
                    .forEach(key -> objects.put(key, values.required(key).json()));
        }
        return objects;
    }

    /** A refusal of the parameters. */
    public static JsonRpcException invalid(String message) {
        return new JsonRpcException(JsonRpcError.INVALID_PARAMS, message);
    }
}

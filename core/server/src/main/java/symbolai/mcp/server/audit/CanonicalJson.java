package symbolai.mcp.server.audit;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.server.crypto.Sha256;

/** JSON with its keys in order and without spaces, so that equal objects are equal texts. */
public final class CanonicalJson {
    private CanonicalJson() {}

    /** The SHA-256 of the canonical text, in hexadecimal. */
    public static String sha256(JsonObject json) {
        var text = new StringBuilder();
        append(text, json);
        return Sha256.hex(text.toString());
    }

    private static void append(StringBuilder text, @Nullable Object value) {
        if (value instanceof JsonObject object) {
            append(text, object.getMap());
        } else if (value instanceof JsonArray array) {
            append(text, array.getList());
        } else if (value instanceof Map<?, ?> map) {
            appendObject(text, map);
        } else if (value instanceof Iterable<?> list) {
            appendArray(text, list);
        } else {
            text.append(Json.encode(value));
        }
    }

    private static void appendObject(StringBuilder text, Map<?, ?> map) {
        var sorted = new TreeMap<String, @Nullable Object>();
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        char separator = '{';
        for (var entry : sorted.entrySet()) {
            text.append(separator).append(Json.encode(entry.getKey())).append(':');
            append(text, entry.getValue());
            separator = ',';
        }
        text.append(separator == '{' ? "{}" : "}");
    }

    private static void appendArray(StringBuilder text, Iterable<?> list) {
        char separator = '[';
        for (var element : list) {
            text.append(separator);
            append(text, element);
            separator = ',';
        }
        text.append(separator == '[' ? "[]" : "]");
    }
}

package symbolai.mcp.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns Vert.x's JSON into Jackson's, which the schema validator reads, without a detour over text. */
final class JsonNodes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonNodes() {}

    static JsonNode of(@Nullable Object value) {
        if (value == null) {
            return NODES.nullNode();
        }
        if (value instanceof CharSequence text) {
            return NODES.textNode(text.toString());
        }
        if (value instanceof Boolean bool) {
            return NODES.booleanNode(bool);
        }
        if (value instanceof Number number) {
            return number(number);
        }
        return structure(value);
    }

    private static JsonNode structure(Object value) {
        if (value instanceof JsonObject object) {
            return object(object.getMap());
        }
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof JsonArray array) {
            return array(array.getList());
        }
        if (value instanceof List<?> list) {
            return array(list);
        }
        return NODES.textNode(Json.encode(value).replace("\"", ""));
    }

    private static ObjectNode object(Map<?, ?> map) {
        var object = NODES.objectNode();
        map.forEach((key, value) -> object.set(String.valueOf(key), of(value)));
        return object;
    }

    private static ArrayNode array(List<?> list) {
        var array = NODES.arrayNode(list.size());
        list.forEach(value -> array.add(of(value)));
        return array;
    }

    private static JsonNode number(Number number) {
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return NODES.numberNode(number.intValue());
        }
        if (number instanceof Long) {
            return NODES.numberNode(number.longValue());
        }
        if (number instanceof BigInteger big) {
            return NODES.numberNode(big);
        }
        if (number instanceof BigDecimal big) {
            return NODES.numberNode(big);
        }
        return NODES.numberNode(number.doubleValue());
    }
}

package symbolai.mcp.server.rest.v4;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A request whose caller and route are known.
 *
 * @param variables of the path, by their names
 * @param base where the caller reaches this server, such as {@code http://127.0.0.1:8421}
 * @param account carries out operations on the caller's behalf
 */
record V4Request(
        Map<String, String> variables,
        MultiMap query,
        MultiMap headers,
        Buffer body,
        String base,
        LocalAccount account) {

    private static final int MALFORMED = 6007;
    private static final int WRONG_PARAMETER = 7400;

    V4Request {
        variables = Map.copyOf(variables);
    }

    String variable(String name) {
        var value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no " + name);
        }
        return value;
    }

    /** A parameter of the query. */
    Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    }

    int number(String name, int fallback, int least, int most) {
        var text = parameter(name);
        if (text.isEmpty()) {
            return fallback;
        }
        var isNumber = text.get().matches("[0-9]{1,9}");
        var number = isNumber ? Integer.parseInt(text.get()) : -1;
        if (number < least || number > most) {
            throw new V4Error(400, WRONG_PARAMETER, name + " must be a whole number from " + least + " to " + most);
        }
        return number;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name)).filter(text -> !text.isEmpty());
    }

    /** The body as an object. */
    JsonObject object() {
        if (json() instanceof JsonObject object) {
            return object;
        }
        throw new V4Error(400, MALFORMED, "the body must be a JSON object");
    }

    /** The body as a list. */
    JsonArray array() {
        if (json() instanceof JsonArray array) {
            return array;
        }
        throw new V4Error(400, MALFORMED, "the body must be a JSON array");
    }

    private Object json() {
        try {
            return Optional.ofNullable(Json.decodeValue(body)).orElse("");
        } catch (DecodeException malformed) {
            throw new V4Error(400, MALFORMED, "Malformed JSON in request body");
        }
    }
}

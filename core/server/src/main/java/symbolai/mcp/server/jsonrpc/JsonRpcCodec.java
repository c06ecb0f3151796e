package symbolai.mcp.server.jsonrpc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns bytes into messages, whatever the bytes are, and messages into bytes. */
public final class JsonRpcCodec {

    private static final int MAX_ID_LENGTH = 256;
    private static final String VERSION = "2.0";

    private final StrictJson json = new StrictJson();

    /**
     * Decodes one body or line.
     *
     * @throws JsonRpcException when it is not JSON, or a single message that is not valid
     */
    public JsonRpcInput decode(Buffer bytes) {
        StrictJson.Parsed parsed = json.parse(bytes);
        if (parsed.value() instanceof JsonArray array && parsed.problem().isEmpty()) {
            return batch(array);
        }
        Optional<Object> id = parsed.value() instanceof JsonObject object ? id(object) : Optional.empty();
        if (parsed.problem().isPresent()) {
            throw invalid(parsed.problem().get(), id);
        }
        return new JsonRpcInput.Single(message(parsed.value()));
    }

    /** A request of ours. */
    public Buffer request(Object id, String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", VERSION)
                .put("id", id)
                .put("method", method)
                .put("params", params)
                .toBuffer();
    }

    /** A notification. */
    public Buffer notification(String method, JsonObject params) {
        return new JsonObject()
                .put("jsonrpc", VERSION)
                .put("method", method)
                .put("params", params)
                .toBuffer();
    }

    /** The response with a result that is encoded already. */
    public Buffer result(Object id, Buffer result) {
        return Buffer.buffer(result.length() + 64)
                .appendString("{\"jsonrpc\":\"2.0\",\"id\":")
                .appendString(Json.encode(id))
                .appendString(",\"result\":")
                .appendBuffer(result)
                .appendString("}");
    }

    /** The response with an error; it has no id where none could be found. */
    public Buffer error(JsonRpcException problem) {
        JsonObject error = new JsonObject().put("code", problem.error().code()).put("message", problem.text());
        problem.data().ifPresent(data -> error.put("data", data));
        JsonObject response = new JsonObject().put("jsonrpc", VERSION);
        problem.id().ifPresent(id -> response.put("id", id));
        return response.put("error", error).toBuffer();
    }

    /** The answer to a batch. */
    public Buffer batch(List<Buffer> responses) {
        Buffer array = Buffer.buffer("[");
        for (int i = 0; i < responses.size(); i++) {
            array.appendString(i == 0 ? "" : ",").appendBuffer(responses.get(i));
        }
        return array.appendString("]");
    }

    private static JsonRpcInput batch(JsonArray array) {
        if (array.isEmpty()) {
            throw invalid("a batch holds at least one message", Optional.empty());
        }
        List<JsonRpcInput.Element> elements = new ArrayList<>(array.size());
        array.forEach(value -> elements.add(element(value)));
        return new JsonRpcInput.Batch(elements);
    }

    private static JsonRpcInput.Element element(@Nullable Object value) {
        try {
            return new JsonRpcInput.Element.Valid(message(value));
        } catch (JsonRpcException problem) {
            return new JsonRpcInput.Element.Invalid(problem);
        }
    }

    private static JsonRpcMessage message(@Nullable Object value) {
        if (!(value instanceof JsonObject object)) {
            throw invalid("a message is a JSON object", Optional.empty());
        }
        Optional<Object> id = id(object);
        if (!VERSION.equals(object.getValue("jsonrpc"))) {
            throw invalid("jsonrpc must be \"2.0\"", id);
        }
        boolean answers = object.containsKey("result") || object.containsKey("error");
        if (object.containsKey("method") == answers) {
            throw invalid("a message has a method, or else a result or an error", id);
        }
        return answers ? response(object, id) : call(object, id);
    }

    private static JsonRpcMessage call(JsonObject object, Optional<Object> id) {
        if (!(object.getValue("method") instanceof String method) || method.isEmpty()) {
            throw invalid("method must be text", id);
        }
        JsonObject params = params(object, id);
        if (!object.containsKey("id")) {
            return new JsonRpcMessage.Notification(method, params);
        }
        return new JsonRpcMessage.Request(
                id.orElseThrow(() -> invalid("id must be text or a whole number", id)), method, params);
    }

    private static JsonObject params(JsonObject object, Optional<Object> id) {
        Object params = object.getValue("params");
        if (params == null) {
            return new JsonObject();
        }
        if (params instanceof JsonObject named) {
            return named;
        }
        throw invalid("params must be an object", id);
    }

    private static JsonRpcMessage response(JsonObject object, Optional<Object> id) {
        if (object.containsKey("result") && object.containsKey("error")) {
            throw invalid("a response has a result or an error, not both", id);
        }
        if (object.getValue("result") instanceof JsonObject result) {
            return new JsonRpcMessage.Response(
                    id.orElseThrow(() -> invalid("id must be text or a whole number", id)),
                    Optional.of(result),
                    Optional.empty());
        }
        if (object.getValue("error") instanceof JsonObject error && isError(error)) {
            return new JsonRpcMessage.Response(id.orElse(""), Optional.empty(), Optional.of(error));
        }
        throw invalid("a result is an object, an error an object with a code and a message", id);
    }

    private static boolean isError(JsonObject error) {
        Object code = error.getValue("code");
        return (code instanceof Integer || code instanceof Long) && error.getValue("message") instanceof String;
    }

    private static Optional<Object> id(JsonObject object) {
        Object id = object.getValue("id");
        if (id instanceof Integer number) {
            return Optional.of(number.longValue());
        }
        boolean isText = id instanceof String text && text.length() <= MAX_ID_LENGTH;
        return isText || id instanceof Long ? Optional.ofNullable(id) : Optional.empty();
    }

    private static JsonRpcException invalid(String message, Optional<Object> id) {
        return new JsonRpcException(JsonRpcError.INVALID_REQUEST, message, Optional.empty(), id);
    }
}

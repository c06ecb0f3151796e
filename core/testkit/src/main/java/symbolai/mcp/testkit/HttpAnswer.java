package symbolai.mcp.testkit;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A whole HTTP response. */
public record HttpAnswer(int status, MultiMap headers, String body) {

    /** One header, or the empty text. */
    public String header(String name) {
        var value = headers.get(name);
        return value == null ? "" : value;
    }

    /** The body as an object. */
    public JsonObject json() {
        return new JsonObject(body);
    }

    /** The body as a batch. */
    public JsonArray batch() {
        return new JsonArray(body);
    }

    /** The messages, whether they came as JSON or as events. */
    public List<JsonObject> messages() {
        if (header("content-type").startsWith("text/event-stream")) {
            return SseEvents.parse(body).stream()
                    .filter(event -> !event.data().isEmpty())
                    .map(event -> new JsonObject(event.data()))
                    .toList();
        }
        return body.isEmpty() ? List.of() : List.of(json());
    }

    /** The response to a request: the last message that carries a result or an error. */
    public JsonObject response() {
        return messages().stream()
                .filter(message -> message.containsKey("result") || message.containsKey("error"))
                .reduce((first, last) -> last)
                .orElseThrow(() -> new AssertionError("no response in " + status + " " + body));
    }

    /** The result of a request that succeeded. */
    public JsonObject result() {
        var result = response().getJsonObject("result");
        if (result == null) {
            throw new AssertionError("no result in " + status + " " + body);
        }
        return result;
    }

    /** The error of a request that failed. */
    public JsonObject error() {
        var error = response().getJsonObject("error");
        if (error == null) {
            throw new AssertionError("no error in " + status + " " + body);
        }
        return error;
    }

    /** The code of the error. */
    public int errorCode() {
        return error().getInteger("code");
    }
}

package symbolai.mcp.server.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;
import symbolai.mcp.api.Streamed;

/** The answer to one request. */
public sealed interface RestAnswer {

    /** The HTTP status. */
    int status();

    /** The headers, beside those that every answer has. */
    Map<String, String> headers();

    /** A whole body; empty for none. */
    record Whole(int status, Map<String, String> headers, Buffer body) implements RestAnswer {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /** A download. Whoever has it reads the bytes to their end or closes them. */
    record Download(Map<String, String> headers, Streamed streamed) implements RestAnswer {
        public Download {
            headers = Map.copyOf(headers);
        }

        @Override
        public int status() {
            return 200;
        }
    }

    /** A JSON value. */
    static RestAnswer json(int status, Map<String, String> headers, Object body) {
        var all = new TreeMap<>(headers);
        all.put("Content-Type", "application/json");
        return new Whole(status, all, Json.encodeToBuffer(body));
    }

    /** A JSON object. */
    static RestAnswer ok(JsonObject body) {
        return json(200, Map.of(), body);
    }

    /** The body of every error. */
    static JsonObject error(RestCode code, String text) {
        return new JsonObject().put("error", text).put("code", code.name());
    }
}

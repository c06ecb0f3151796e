package symbolai.mcp.server.rest.v4;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;

/**
 * What a request is answered with.
 *
 * @param bytes the body, unless it is a stream
 * @param stream the body of a download; whoever sends the answer reads it to its end or closes it
 */
record V4Answer(int status, Map<String, String> headers, Buffer bytes, Optional<ByteStream> stream) {

    private static final String JSON = "application/json";

    V4Answer {
        headers = Map.copyOf(headers);
    }

    /** A success in Cloudflare's envelope. */
    static V4Answer result(@Nullable Object result) {
        return json(200, envelope(true).put("result", result));
    }

    /** A success with what there is to say about the page. */
    static V4Answer page(Object result, JsonObject resultInfo) {
        return json(200, envelope(true).put("result", result).put("result_info", resultInfo));
    }

    /** A refusal in Cloudflare's envelope. */
    static V4Answer error(V4Error error) {
        var body = envelope(false).put("result", null);
        body.getJsonArray("errors")
                .add(new JsonObject().put("code", error.code()).put("message", error.text()));
        return json(error.status(), body);
    }

    /** Bytes as they are. */
    static V4Answer bytes(String contentType, Buffer bytes) {
        return new V4Answer(200, Map.of("Content-Type", contentType), bytes, Optional.empty());
    }

    /** Bytes that come one after another. */
    static V4Answer stream(String contentType, ByteStream stream) {
        return new V4Answer(200, Map.of("Content-Type", contentType), Buffer.buffer(), Optional.of(stream));
    }

    /** A status with headers alone. */
    static V4Answer empty(int status) {
        return new V4Answer(status, Map.of(), Buffer.buffer(), Optional.empty());
    }

    V4Answer with(String header, String value) {
        var all = new TreeMap<>(headers);
        all.put(header, value);
        return new V4Answer(status, all, bytes, stream);
    }

    V4Answer withAll(Map<String, String> more) {
        var all = new TreeMap<>(headers);
        all.putAll(more);
        return new V4Answer(status, all, bytes, stream);
    }

    private static V4Answer json(int status, JsonObject body) {
        return new V4Answer(status, Map.of("Content-Type", JSON), body.toBuffer(), Optional.empty());
    }

    private static JsonObject envelope(boolean success) {
        return new JsonObject()
                .put("success", success)
                .put("errors", new JsonArray())
                .put("messages", new JsonArray());
    }
}

package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came in.
 *
 * @param uri path and query as they were sent
 * @param headers by lower-case name
 */
public record Seen(String method, String uri, Map<String, String> headers, Buffer body) {

    /** The path without the query. */
    public String path() {
        var end = uri.indexOf('?');
        return end < 0 ? uri : uri.substring(0, end);
    }

    /** A header's value. */
    public String header(String name) {
        return Optional.ofNullable(headers.get(name)).orElse("");
    }

    /** The body as an object. */
    public JsonObject json() {
        return body.toJsonObject();
    }

    /** Method and target, for comparisons. */
    public String line() {
        return method + " " + uri;
    }
}

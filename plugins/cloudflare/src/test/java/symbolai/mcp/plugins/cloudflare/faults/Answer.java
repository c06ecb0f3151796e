package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;

/** An answer over HTTP/1.1, byte by byte as it goes out. */
public record Answer(int status, Map<String, String> headers, Buffer body) {

    /** JSON with a request id. */
    public static Answer json(int status, String json) {
        return new Answer(
                status,
                Map.of("content-type", "application/json", "cf-ray", "8f0a1b2c3d4e5f60-FRA"),
                Buffer.buffer(json));
    }

    /** Cloudflare's envelope around a result. */
    public static Answer result(String result) {
        return result(result, "{}");
    }

    /** Cloudflare's envelope with what it says of pages. */
    public static Answer result(String result, String info) {
        return json(
                200,
                "{\"success\":true,\"errors\":[],\"messages\":[],\"result\":%s,\"result_info\":%s}"
                        .formatted(result, info));
    }

    /** Cloudflare's envelope around an error. */
    public static Answer error(int status, int code, String message) {
        return json(
                status,
                "{\"success\":false,\"errors\":[{\"code\":%d,\"message\":\"%s\"}],\"messages\":[],\"result\":null}"
                        .formatted(code, message));
    }

    /** Bytes of a type. */
    public static Answer bytes(String type, Buffer body) {
        return new Answer(200, Map.of("content-type", type), body);
    }

    /** The same with a header more. */
    public Answer with(String name, String value) {
        var all = new TreeMap<>(headers);
        all.put(name, value);
        return new Answer(status, all, body);
    }

    /** The status line and headers, with a length of the body that may be a lie. */
    public Buffer head(long length) {
        var head = new StringBuilder("HTTP/1.1 " + status + " Status\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        if (length >= 0) {
            head.append("content-length: ").append(length).append("\r\n");
        }
        return Buffer.buffer(head.append("\r\n").toString());
    }

    /** All of it. */
    public Buffer whole() {
        return status == 204 ? head(-1) : head(body.length()).appendBuffer(body);
    }
}

package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.Upstream;

/**
 * One HTTP request.
 *
 * @param operation what it is part of, for the log
 * @param origin where it goes
 * @param method the HTTP method
 * @param path the encoded path and query, below the origin's path
 * @param headers beside those of the body and the token
 * @param body what is sent, if anything
 * @param token the bearer token, if one is sent
 * @param target how the host of this plugin treats it
 * @param maxBytes how many bytes of an answer are read, after decompression
 */
public record HttpCall(
        String operation,
        Origin origin,
        HttpMethod method,
        String path,
        Map<String, String> headers,
        Optional<Buffer> body,
        Optional<Secret> token,
        Upstream.Target target,
        long maxBytes) {

    /** How much of an answer is read when nothing else is said. */
    public static final long MAX_BYTES = 16L << 20;

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** A request of an operation, with the operation's access. */
    public static HttpCall of(Operation operation, Origin origin, HttpMethod method, String path) {
        var target = Upstream.Target.of(origin.authority(), operation);
        return new HttpCall(
                operation.name(),
                origin,
                method,
                path,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                target,
                MAX_BYTES);
    }

    /** The same with one header more. */
    public HttpCall header(String name, String value) {
        var all = new TreeMap<>(headers);
        all.put(name, value);
        return new HttpCall(operation, origin, method, path, all, body, token, target, maxBytes);
    }

    /** The same with a body. */
    public HttpCall body(String mediaType, Buffer bytes) {
        var typed = header("content-type", mediaType);
        return new HttpCall(
                operation, origin, method, path, typed.headers, Optional.of(bytes), token, target, maxBytes);
    }

    /** The same with a body whose type is among the headers. */
    public HttpCall body(Buffer bytes) {
        return new HttpCall(operation, origin, method, path, headers, Optional.of(bytes), token, target, maxBytes);
    }

    /** The same with a bearer token. */
    public HttpCall token(Secret bearer) {
        return new HttpCall(operation, origin, method, path, headers, body, Optional.of(bearer), target, maxBytes);
    }

    /** The same as a request that changes nothing, inside an operation that does. */
    public HttpCall reading() {
        return new HttpCall(operation, origin, method, path, headers, body, token, target.reading(), maxBytes);
    }

    /** The same with another bound of the answer. */
    public HttpCall atMost(long bytes) {
        return new HttpCall(operation, origin, method, path, headers, body, token, target, bytes);
    }

    /** Whether it changes something by itself. */
    public boolean writes() {
        return target.access() == Operation.Access.WRITE;
    }
}

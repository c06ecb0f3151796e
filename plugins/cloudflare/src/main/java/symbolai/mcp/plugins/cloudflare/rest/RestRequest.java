package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.Json;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import symbolai.mcp.plugins.cloudflare.backend.Encoded;
import symbolai.mcp.plugins.cloudflare.backend.HttpCall;

/**
 * One request of the REST API, before it is known where it goes.
 *
 * @param method the HTTP method
 * @param path the encoded path below the account
 * @param query the encoded query with its question mark; may be empty
 * @param headers beside that of the body's type
 * @param body what is sent, if anything
 * @param reading that it changes nothing, although the operation that it is part of does
 * @param absent the codes of a 404 that stand for an empty answer
 * @param maxBytes how much of an answer is read
 */
record RestRequest(
        HttpMethod method,
        String path,
        String query,
        Map<String, String> headers,
        Optional<Buffer> body,
        boolean reading,
        Set<Integer> absent,
        long maxBytes) {

    static RestRequest get(String... segments) {
        return of(HttpMethod.GET, segments);
    }

    static RestRequest post(String... segments) {
        return of(HttpMethod.POST, segments);
    }

    static RestRequest put(String... segments) {
        return of(HttpMethod.PUT, segments);
    }

    static RestRequest delete(String... segments) {
        return of(HttpMethod.DELETE, segments);
    }

    private static RestRequest of(HttpMethod method, String... segments) {
        var path = Arrays.stream(segments).map(Encoded::segment).collect(Collectors.joining("/", "/", ""));
        return new RestRequest(method, path, "", Map.of(), Optional.empty(), false, Set.of(), HttpCall.MAX_BYTES);
    }

    RestRequest with(String name, Object value) {
        var pair = Encoded.value(name) + "=" + Encoded.value(value.toString());
        return new RestRequest(
                method,
                path,
                query.isEmpty() ? "?" + pair : query + "&" + pair,
                headers,
                body,
                reading,
                absent,
                maxBytes);
    }

    RestRequest maybe(String name, Optional<?> value) {
        return value.map(present -> with(name, present)).orElse(this);
    }

    RestRequest header(String name, String value) {
        var all = new TreeMap<>(headers);
        all.put(name, value);
        return new RestRequest(method, path, query, Map.copyOf(all), body, reading, absent, maxBytes);
    }

    RestRequest json(Object value) {
        return body("application/json", Buffer.buffer(Json.encode(value)));
    }

    RestRequest body(String mediaType, Buffer bytes) {
        var typed = header("content-type", mediaType);
        return new RestRequest(method, path, query, typed.headers, Optional.of(bytes), reading, absent, maxBytes);
    }

    RestRequest asReading() {
        return new RestRequest(method, path, query, headers, body, true, absent, maxBytes);
    }

    RestRequest orAbsent(Integer... codes) {
        return new RestRequest(method, path, query, headers, body, reading, Set.of(codes), maxBytes);
    }

    RestRequest atMost(long bytes) {
        return new RestRequest(method, path, query, headers, body, reading, absent, bytes);
    }
}

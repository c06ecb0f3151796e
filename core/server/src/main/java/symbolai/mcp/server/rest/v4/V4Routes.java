package symbolai.mcp.server.rest.v4;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Finds the route of a request. */
final class V4Routes {

    /** A route with the variables of the path that was asked for. */
    record Found(V4Route route, Map<String, String> variables) {}

    private static final String BASE = "/client/v4/";

    private final List<V4Route> routes;

    V4Routes(List<V4Route> routes) {
        this.routes = List.copyOf(routes);
    }

    /**
     * The route.
     *
     * @throws V4Error when there is none
     */
    Found find(String method, String path) {
        var parts = parts(path);
        var isKnown = false;
        for (var route : routes) {
            var variables = route.match(parts);
            if (variables.isPresent() && route.method().equals(method)) {
                return new Found(route, variables.get());
            }
            isKnown |= variables.isPresent();
        }
        if (isKnown) {
            throw new V4Error(405, 10405, "Method not allowed");
        }
        throw unknown(path);
    }

    static V4Error unknown(String path) {
        var shown = path.length() > 200 ? path.substring(0, 200) + "…" : path;
        return new V4Error(404, 7003, "Could not route to " + shown + ", perhaps your object identifier is invalid?");
    }

    private static List<String> parts(String path) {
        if (!path.startsWith(BASE)) {
            throw unknown(path);
        }
        return Arrays.stream(path.substring(BASE.length()).split("/", -1))
                .map(V4Routes::decoded)
                .toList();
    }

    /** A plus is a plus in a path. */
    private static String decoded(String part) {
        try {
            var text = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.ISO_8859_1);
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw new V4Error(400, 7003, "the path holds a percent sign that does not stand for UTF-8");
        }
    }
}

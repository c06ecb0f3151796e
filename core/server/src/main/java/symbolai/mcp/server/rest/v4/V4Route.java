package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One request that is understood.
 *
 * @param path its parts below {@code /client/v4}: a fixed text, a {@code {name}}, or as the last one {@code {name*}} that takes the rest
 * @param largestBody how many bytes its body may have
 */
record V4Route(String method, List<String> path, int largestBody, Function<V4Request, Future<V4Answer>> handler) {

    /** For requests without a body, or with a small JSON one. */
    static final int SMALL = 64 << 10;
    /** For requests that carry SQL. */
    static final int MEDIUM = 4 << 20;
    /** For requests that carry content; it is held in memory. */
    static final int LARGE = 32 << 20;

    V4Route {
        path = List.copyOf(path);
    }

    static V4Route of(String method, String path, Function<V4Request, Future<V4Answer>> handler) {
        return of(method, path, SMALL, handler);
    }

    static V4Route of(String method, String path, int largestBody, Function<V4Request, Future<V4Answer>> handler) {
        return new V4Route(method, Arrays.asList(path.substring(1).split("/")), largestBody, handler);
    }

    /** The variables of the path by their names, when it is of this form; the parts are decoded one by one. */
    Optional<Map<String, String>> match(List<String> parts) {
        var variables = new HashMap<String, String>();
        for (var index = 0; index < path.size(); index++) {
            var expected = path.get(index);
            if (index >= parts.size()) {
                return Optional.empty();
            }
            if (expected.endsWith("*}")) {
                var rest = String.join("/", parts.subList(index, parts.size()));
                variables.put(expected.substring(1, expected.length() - 2), rest);
                return rest.isEmpty() ? Optional.empty() : Optional.of(variables);
            }
            if (!matches(expected, parts.get(index), variables)) {
                return Optional.empty();
            }
        }
        return parts.size() == path.size() ? Optional.of(variables) : Optional.empty();
    }

    private static boolean matches(String expected, String part, Map<String, String> variables) {
        if (!expected.startsWith("{")) {
            return expected.equals(part);
        }
        variables.put(expected.substring(1, expected.length() - 1), part);
        return !part.isEmpty();
    }
}

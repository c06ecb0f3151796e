package symbolai.mcp.testkit;

import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The routes of a server as its router has them, and how to ask them something that changes nothing. */
record RouteTable(TestServer server) {

    /** MCP, which asks for a credential and leaves the rest to the policy; all take the methods below. */
    static final Set<String> MCP = Set.of("* /api/mcp/sse", "* /api/mcp", "* /mcp");

    private static final Set<String> MCP_METHODS = Set.of("GET", "POST", "DELETE", "PUT", "PATCH", "HEAD");

    /** What a body without fields would do something with. */
    private static final Map<String, String> BODIES = Map.of("POST /api/mcp/auth/sign-ins/end", "{\"id\":\"none\"}");

    List<String> all() {
        return server.server().routes().stream().sorted().toList();
    }

    /** Those that say who may use them. */
    List<String> own() {
        return server.server().rest().accesses().keySet().stream().sorted().toList();
    }

    static HttpAnswer call(McpClient client, String route) {
        var method = HttpMethod.valueOf(route.substring(0, route.indexOf(' ')));
        var at = client.at(path(route));
        if (!method.equals(HttpMethod.POST)) {
            return at.send(method);
        }
        return path(route).startsWith("/api/")
                ? at.post(BODIES.getOrDefault(route, "{}"))
                : at.with("Content-Type", "application/x-www-form-urlencoded").post("name=x");
    }

    static Set<String> methods(String route) {
        if (MCP.contains(route)) {
            return MCP_METHODS;
        }
        var methods = route.substring(0, route.indexOf(' '));
        return methods.equals("*") ? Set.of("GET", "POST", "DELETE") : Set.of(methods.split(","));
    }

    static String path(String route) {
        return route.substring(route.indexOf(' ') + 1)
                .replaceAll(":[a-z]+", "x")
                .replace("*", "");
    }

    /** What strangers are told by the routes that do not answer them with 401. */
    static Map<String, String> listed() {
        try (var file = RouteTable.class.getResourceAsStream("stranger-routes.txt")) {
            return Arrays.stream(new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceFirst("  +.*", "").split(" ", 2))
                    .collect(Collectors.toUnmodifiableMap(words -> words[1], words -> words[0]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package symbolai.mcp.server.identity.oauth;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The server under one of its names. Each name has a set of documents, endpoints and tokens of its own, because clients compare them with the
 * address that they were given.
 *
 * @param origin scheme, host and port, in lower case, without a port that goes without saying; the issuer
 * @param prefix the path that a proxy has put in front; empty for none
 */
public record Site(String origin, String prefix) {

    /** Where MCP is spoken. */
    public static final List<String> MCP_PATHS = List.of("/api/mcp/sse", "/api/mcp", "/mcp");

    /** The server at the address at which clients reach it. */
    public static Site of(URI url) {
        return new Site(
                origin(url.getScheme(), url.getHost(), url.getPort()),
                Optional.ofNullable(url.getRawPath()).orElse(""));
    }

    /** The URL of one of the server's paths. */
    public String url(String path) {
        return origin + prefix + path;
    }

    /** What a token is good for when the client does not say. */
    public String resource() {
        return url(MCP_PATHS.get(0));
    }

    /** The resource that was asked for, in the one way that it is written here; empty when it is another server's. */
    public Optional<String> resource(String asked) {
        return normal(asked).filter(resource -> resources().anyMatch(resource::equals));
    }

    /** Whether tokens for the resource are good here. */
    boolean owns(String resource) {
        return resources().anyMatch(resource::equals);
    }

    private Stream<String> resources() {
        return Stream.concat(
                Stream.of(origin, origin + prefix), MCP_PATHS.stream().map(this::url));
    }

    private static Optional<String> normal(String asked) {
        try {
            var uri = new URI(asked);
            if (uri.getScheme() == null
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null) {
                return Optional.empty();
            }
            var path = String.valueOf(uri.getRawPath());
            return Optional.of(origin(uri.getScheme(), uri.getHost(), uri.getPort())
                    + (path.endsWith("/") ? path.substring(0, path.length() - 1) : path));
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    /** An origin as it is compared. */
    public static String origin(String scheme, String host, int port) {
        var lower = scheme.toLowerCase(Locale.ROOT);
        var implied = port < 0 || port == (lower.equals("https") ? 443 : 80);
        return lower + "://" + host.toLowerCase(Locale.ROOT) + (implied ? "" : ":" + port);
    }
}

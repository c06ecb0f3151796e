package symbolai.mcp.plugins.cloudflare.backend;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Where requests go.
 *
 * @param name what people call it, such as {@code Cloudflare}; begins sentences
 * @param secure whether it is reached over TLS
 * @param host the host's name or address
 * @param port the port
 * @param path what all paths begin with, without a slash at its end
 */
public record Origin(String name, boolean secure, String host, int port, String path) {

    /**
     * Reads a URL.
     *
     * @throws IllegalArgumentException when it is not a plain http or https URL
     */
    public static Origin of(String name, String url) {
        var uri = URI.create(url);
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        var secure = scheme.equals("https");
        if ((!secure && !scheme.equals("http")) || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException("\"" + url + "\" must be like https://api.cloudflare.com/client/v4");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("\"" + url + "\" must not have a query or a fragment");
        }
        var standard = secure ? 443 : 80;
        return new Origin(
                name,
                secure,
                uri.getHost(),
                uri.getPort() < 0 ? standard : uri.getPort(),
                uri.getRawPath().replaceAll("/+$", ""));
    }

    /** The host and port, by which the host of this plugin counts requests. */
    public String authority() {
        return port == (secure ? 443 : 80) ? host : host + ":" + port;
    }

    /** Whether it is on this machine, so that nobody else can read what is sent there. */
    public boolean isLoopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }
}

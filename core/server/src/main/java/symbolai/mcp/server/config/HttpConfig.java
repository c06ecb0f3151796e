package symbolai.mcp.server.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The listener.
 *
 * @param host the address to listen on
 * @param port the port; 0 takes a free one
 * @param publicUrl where clients reach the server, when that is not the listener itself
 * @param trustedProxies addresses and CIDR ranges whose {@code X-Forwarded-*} headers are believed
 * @param allowedOrigins origins of web pages that may call, beyond the server's own
 * @param legacySse whether a bare GET opens a 2024-11-05 stream
 * @param maxBodyBytes the largest request body
 */
public record HttpConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        List<String> allowedOrigins,
        boolean legacySse,
        int maxBodyBytes) {

    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /**
     * Where clients reach the server, without a slash at the end.
     *
     * @param opened the port that was opened
     */
    public String url(int opened) {
        return publicUrl.map(URI::toString).orElseGet(() -> "http://" + reachable() + ":" + opened);
    }

    /** All addresses of this machine have a name, and an address with colons has brackets. */
    private String reachable() {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}

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
 * @param tls what it shows to speak TLS; without it, it speaks plain HTTP
 */
public record HttpConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        List<String> trustedProxies,
        List<String> allowedOrigins,
        boolean legacySse,
        int maxBodyBytes,
        Optional<TlsConfig> tls,
        ConnectionCaps caps) {

    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
        allowedOrigins = List.copyOf(allowedOrigins);
    }

    /** A listener of plain HTTP with the usual caps. */
    public HttpConfig(
            String host,
            int port,
            Optional<URI> publicUrl,
            List<String> trustedProxies,
            List<String> allowedOrigins,
            boolean legacySse,
            int maxBodyBytes) {
        this(
                host,
                port,
                publicUrl,
                trustedProxies,
                allowedOrigins,
                legacySse,
                maxBodyBytes,
                Optional.empty(),
                ConnectionCaps.DEFAULT);
    }

    /** The same listener with TLS. */
    public HttpConfig withTls(TlsConfig files) {
        return new HttpConfig(
                host,
                port,
                publicUrl,
                trustedProxies,
                allowedOrigins,
                legacySse,
                maxBodyBytes,
                Optional.of(files),
                caps);
    }

    /**
     * Where clients reach the server, without a slash at the end.
     *
     * @param opened the port that was opened
     */
    public String url(int opened) {
        return publicUrl.map(URI::toString).orElseGet(() -> scheme() + "://" + reachable() + ":" + opened);
    }

    /** Whether what passes between clients and the listener can be read on the way: plain HTTP beyond this machine. */
    public boolean isOpenToEavesdroppers() {
        return tls.isEmpty() && !Network.isLoopback(host);
    }

    private String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** All addresses of this machine have a name, and an address with colons has brackets. */
    private String reachable() {
        if (host.equals("0.0.0.0") || host.equals("::")) {
            return "localhost";
        }
        return host.contains(":") ? "[" + host + "]" : host;
    }
}

package symbolai.mcp.server.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import symbolai.mcp.server.config.HttpConfig;

/** Decides whether a request was meant for this server, and whether the web page that sent it may: the guard against DNS rebinding. */
final class HostAndOrigin {

    private final Optional<URI> publicUrl;
    private final List<String> allowedOrigins;
    private final Optional<Authority> listening;
    private final boolean isOnLoopback;

    HostAndOrigin(HttpConfig config) {
        this.publicUrl = config.publicUrl();
        this.allowedOrigins =
                config.allowedOrigins().stream().map(HostAndOrigin::lower).toList();
        this.listening = Authority.parse(config.host().contains(":") ? "[" + config.host() + "]" : config.host());
        this.isOnLoopback = listening.map(HostAndOrigin::isLoopbackAddress).orElse(false);
    }

    /** Why the host is refused; empty when it is ours. */
    Optional<String> hostProblem(List<String> hosts) {
        var host = only(hosts).flatMap(Authority::parse);
        if (host.isEmpty()) {
            return Optional.of("exactly one well-formed Host header is needed");
        }
        return isOurs(host.get())
                ? Optional.empty()
                : Optional.of("this server is not called so; set server.publicUrl to the address that clients use");
    }

    /** Why the origin is refused; empty when there is none or it may call. */
    Optional<String> originProblem(List<String> origins, String scheme, String host) {
        if (origins.isEmpty()) {
            return Optional.empty();
        }
        boolean isAllowed = only(origins)
                .map(HostAndOrigin::lower)
                .filter(origin -> allowedOrigins.contains(origin) || isOwn(origin, scheme, host))
                .isPresent();
        return isAllowed
                ? Optional.empty()
                : Optional.of("pages of this origin may not call; server.allowedOrigins lists those that may");
    }

    /** A name that is not set may be that of somebody whose name server points to us; an address belongs to nobody's page. */
    private boolean isOurs(Authority host) {
        if (host.isLoopback()
                || isPublic(host)
                || listening.filter(it -> it.host().equals(host.host())).isPresent()) {
            return true;
        }
        return !isOnLoopback && host.isAddress();
    }

    private boolean isPublic(Authority host) {
        return publicUrl
                .map(url -> lower(url.getHost()))
                .filter(name -> name.equals(host.host()))
                .isPresent();
    }

    private boolean isOwn(String origin, String scheme, String host) {
        if (publicUrl.map(HostAndOrigin::originOf).filter(origin::equals).isPresent()) {
            return true;
        }
        var called = Authority.parse(host);
        var page = Stream.of(scheme + "://")
                .filter(origin::startsWith)
                .map(prefix -> origin.substring(prefix.length()))
                .findFirst()
                .flatMap(Authority::parse);
        if (called.isEmpty() || page.isEmpty() || port(called.get(), scheme) != port(page.get(), scheme)) {
            return false;
        }
        return called.get().isLoopback()
                ? page.get().isLoopback()
                : called.get().isAddress()
                        && page.get().host().equals(called.get().host());
    }

    private static String originOf(URI url) {
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return lower(url.getScheme() + "://" + url.getHost() + port);
    }

    private static int port(Authority authority, String scheme) {
        OptionalInt given = authority.port();
        return given.orElse(scheme.equals("https") ? 443 : 80);
    }

    private static boolean isLoopbackAddress(Authority listening) {
        return listening.isLoopback() || listening.host().startsWith("127.");
    }

    private static Optional<String> only(List<String> values) {
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

package symbolai.mcp.server.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import symbolai.mcp.server.config.HttpConfig;

/** The first thing every request meets: was it meant for this server, and may the page that sent it call? */
final class Gate {

    private static final List<String> ALLOWED_HEADERS = List.of(
            "authorization",
            "content-type",
            "accept",
            "mcp-session-id",
            "mcp-protocol-version",
            "last-event-id",
            "mcp-method",
            "mcp-name",
            "x-call-state",
            "x-call-answers",
            "x-csrf-token",
            "if-none-match");
    private static final String EXPOSED_HEADERS =
            "Mcp-Session-Id, WWW-Authenticate, Retry-After, X-Limit-Clamped, Content-Disposition, ETag";

    private final Optional<URI> publicUrl;
    private final HostAndOrigin rules;
    private final Forwarding forwarding;
    private final Refusals refusals;

    Gate(HttpConfig config, Forwarding forwarding, Refusals refusals) {
        this.publicUrl = config.publicUrl();
        this.rules = new HostAndOrigin(config);
        this.forwarding = forwarding;
        this.refusals = refusals;
    }

    /** What the request was before proxies. */
    static Original original(RoutingContext context) {
        return Original.of(context);
    }

    void handle(RoutingContext context) {
        var request = context.request();
        var original = forwarding.original(
                request.remoteAddress().hostAddress(),
                String.valueOf(request.scheme()),
                hosts(request),
                request.headers());
        var isDocument = Refusals.isDocument(request.path());
        var problem = hostProblem(request, original)
                .or(() -> isDocument ? Optional.empty() : originProblem(request, original));
        if (problem.isPresent()) {
            refusals.refuse(context, 403, problem.get());
            return;
        }
        if (!hasReadablePath(context)) {
            refusals.refuse(context, 400, "the path holds a percent sign that two hexadecimal digits do not follow");
            return;
        }
        original.keep(context);
        pin(context, original);
        allowOrigin(context, isDocument);
        if (request.method().name().equals("OPTIONS")) {
            preflight(context);
            return;
        }
        context.next();
    }

    /** Vert.x decodes the path when it is first asked for it. */
    private static boolean hasReadablePath(RoutingContext context) {
        try {
            return !context.normalizedPath().isEmpty();
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private Optional<String> hostProblem(HttpServerRequest request, Original original) {
        if (!String.valueOf(request.uri()).startsWith("/")) {
            return Optional.of("the request line must hold a path");
        }
        return rules.hostProblem(hosts(request))
                .filter(problem -> !isForwarded(request, original))
                .or(() -> rules.hostProblem(original.hosts()));
    }

    /** What the request calls the server: HTTP/2 has a name for it besides the header, which must not be another. */
    private static List<String> hosts(HttpServerRequest request) {
        var hosts = request.headers().getAll("Host");
        if (request.version() != HttpVersion.HTTP_2) {
            return hosts;
        }
        var authority = String.valueOf(request.authority(true));
        return Stream.concat(Stream.of(authority), hosts.stream()).distinct().toList();
    }

    private static boolean isForwarded(HttpServerRequest request, Original original) {
        return !original.hosts().equals(hosts(request));
    }

    private Optional<String> originProblem(HttpServerRequest request, Original original) {
        return rules.originProblem(
                request.headers().getAll("Origin"),
                original.scheme(),
                original.hosts().get(0));
    }

    /** Browsers are told to come by TLS only; not for localhost, whose other ports would be meant too. */
    private void pin(RoutingContext context, Original original) {
        boolean isTls = original.scheme().equals("https")
                || publicUrl.filter(url -> "https".equals(url.getScheme())).isPresent();
        boolean isLocal = Authority.parse(original.hosts().get(0))
                .filter(host -> host.isLoopback() || host.isAddress())
                .isPresent();
        if (isTls && !isLocal) {
            context.response().putHeader("Strict-Transport-Security", "max-age=31536000");
        }
    }

    /** Documents about OAuth say nothing that is secret, and programs in pages look for them. */
    private static void allowOrigin(RoutingContext context, boolean isDocument) {
        var origin = context.request().getHeader("Origin");
        if (isDocument) {
            context.response().putHeader("Access-Control-Allow-Origin", "*");
        } else if (origin != null) {
            context.response()
                    .putHeader("Access-Control-Allow-Origin", origin)
                    .putHeader("Access-Control-Expose-Headers", EXPOSED_HEADERS)
                    .putHeader("Vary", "Origin");
        }
    }

    private static void preflight(RoutingContext context) {
        var methods = Refusals.isRest(context.request().path()) ? "GET, POST, PUT, DELETE" : "GET, POST, DELETE";
        var response = context.response().setStatusCode(204).putHeader("Allow", methods + ", OPTIONS");
        if (context.request().getHeader("Origin") != null) {
            response.putHeader("Access-Control-Allow-Methods", methods)
                    .putHeader(
                            "Access-Control-Allow-Headers",
                            allowedHeaders(context.request().headers()))
                    .putHeader("Access-Control-Max-Age", "600");
        }
        response.end();
    }

    /** CORS has no wildcard for a prefix, so those that were asked for are named one by one. */
    private static String allowedHeaders(MultiMap headers) {
        var asked = headers.getAll("Access-Control-Request-Headers").stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .filter(name -> name.matches("mcp-param-[a-z0-9!#$%&'*+.^_`|~-]{1,100}"))
                .toList();
        var allowed = new ArrayList<>(ALLOWED_HEADERS);
        allowed.addAll(new TreeSet<>(asked));
        return String.join(", ", allowed);
    }
}

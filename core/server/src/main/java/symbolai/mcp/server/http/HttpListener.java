package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.BindException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.mcp.HttpFront;
import symbolai.mcp.server.mcp.ModernHttp;
import symbolai.mcp.server.ops.Health;
import symbolai.mcp.server.rest.ApiDocs;
import symbolai.mcp.server.rest.RestApi;

/** Listens for HTTP and knows every route. */
public final class HttpListener {

    private static final List<String> MCP_PATHS = List.of("/api/mcp/sse", "/api/mcp", "/mcp");
    private static final int IDLE_SECONDS = 75;
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 32 * 1024;

    private final Vertx vertx;
    private final HttpConfig config;
    private final Health health;
    private final Ticker ticker;
    private final Admission admission;
    private final Refusals refusals = new Refusals();
    private final Failing failing = new Failing(refusals);
    private final RestApi rest;
    private final Router router;
    private Optional<HttpServer> server = Optional.empty();
    private volatile boolean open;

    public HttpListener(
            Vertx vertx,
            HttpConfig config,
            Authenticator authenticator,
            Revocations revocations,
            HttpFront legacy,
            ModernHttp modern,
            RestApi rest,
            Health health) {
        this.vertx = vertx;
        this.config = config;
        this.health = health;
        this.rest = rest;
        this.ticker = new Ticker(vertx);
        this.admission = new Admission(authenticator);
        this.router = Router.router(vertx);
        route(
                new McpEndpoint(vertx, admission, revocations, legacy, modern, ticker, refusals, config.maxBodyBytes()),
                new RestEndpoint(vertx, admission, rest, new ApiDocs(vertx), refusals, config.maxBodyBytes()));
    }

    /** Opens the port. */
    public Future<Void> start() {
        ticker.start();
        var opening = vertx.createHttpServer(options()).requestHandler(router).invalidRequestHandler(failing::invalid);
        server = Optional.of(opening);
        return opening.listen(config.port(), config.host())
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    /** From now on MCP is answered; until then clients are asked to come again. */
    public void open() {
        open = true;
    }

    /** The port that was opened. */
    public int port() {
        return openedPort().orElseThrow(() -> new IllegalStateException("not started"));
    }

    /** The port, when one was opened. */
    public Optional<Integer> openedPort() {
        return server.map(HttpServer::actualPort);
    }

    /** Every route, as a method or * and a path. */
    public List<String> routes() {
        var routes = new ArrayList<String>();
        for (Route route : router.getRoutes()) {
            if (route.getPath() != null) {
                routes.add(methods(route) + " " + route.getPath());
            }
        }
        routes.addAll(rest.routes());
        return routes;
    }

    /** Takes no more connections, gives open requests the time, then closes. */
    public Future<Void> close(long graceMillis) {
        ticker.close();
        return server.map(open -> open.shutdown(graceMillis, TimeUnit.MILLISECONDS))
                .orElseGet(Future::succeededFuture);
    }

    private void route(McpEndpoint endpoint, RestEndpoint rest) {
        router.route().handler(new Gate(config, refusals)::handle).failureHandler(failing::handle);
        MCP_PATHS.forEach(path -> router.route(path).handler(this::refuseEarly).handler(endpoint::handle));
        router.route(RestEndpoint.ROOT + "*").handler(this::refuseEarly).handler(rest::handle);
        router.get("/openapi.json").handler(this::refuseEarly).handler(rest::document);
        router.get("/docs").handler(rest::page);
        router.get("/docs/:file").handler(rest::file);
        router.get("/livez").handler(context -> answer(context, 200, health.liveness()));
        router.get("/readyz").handler(context -> answer(context, health.isReady() ? 200 : 503, health.readiness()));
        router.get("/version").handler(context -> answer(context, 200, health.version()));
        Set.of(400, 404, 405, 500).forEach(status -> router.errorHandler(status, failing::handle));
    }

    /** Before keys and plugins are known, a good key would look wrong, and a tool unknown. */
    private void refuseEarly(RoutingContext context) {
        if (open) {
            context.next();
            return;
        }
        context.response().putHeader("Retry-After", "1");
        refusals.refuse(context, 503, "the server is starting; try again in a moment");
    }

    private static void answer(RoutingContext context, int status, JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }

    private static String methods(Route route) {
        var methods = route.methods();
        return methods == null || methods.isEmpty()
                ? "*"
                : methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(","));
    }

    private Throwable explained(Throwable failure) {
        return failure instanceof BindException
                ? new IllegalStateException(
                        "port " + config.port() + " of " + config.host() + " cannot be opened: " + failure.getMessage()
                                + "; choose another with --port",
                        failure)
                : failure;
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(false)
                .setDecompressionSupported(false)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS);
    }
}

package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.http.page.Browser;
import symbolai.mcp.server.http.page.PageRoutes;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.identity.oauth.Site;
import symbolai.mcp.server.mcp.HttpFront;
import symbolai.mcp.server.mcp.ModernHttp;
import symbolai.mcp.server.ops.Health;
import symbolai.mcp.server.rest.ApiDocs;
import symbolai.mcp.server.rest.RestApi;

/** Listens for HTTP and knows every route. */
public final class HttpListener {

    private final HttpConfig config;
    private final Health health;
    private final Ticker ticker;
    private final Admission admission;
    private final Refusals refusals;
    private final Failing failing;
    private final RestApi rest;
    private final Router router;
    private final Forwarding forwarding;
    private final Port port;
    private volatile boolean open;

    /**
     * The listener.
     *
     * @param discovery whether clients that are not known are told how to get a token
     */
    public HttpListener(
            Vertx vertx,
            HttpConfig config,
            Sites sites,
            boolean discovery,
            Authenticator authenticator,
            RefusalRecords records,
            Revocations revocations,
            HttpFront legacy,
            ModernHttp modern,
            RestApi rest,
            Health health,
            Browser browser,
            List<PageRoutes> pages,
            AddressGate addresses) {
        this.config = config;
        this.health = health;
        this.rest = rest;
        var challenge = new Challenge(sites, discovery);
        this.refusals = new Refusals(challenge);
        this.failing = new Failing(refusals);
        this.ticker = new Ticker(vertx);
        this.admission = new Admission(authenticator, sites, records);
        this.router = Router.router(vertx);
        this.forwarding = new Forwarding(config.trustedProxies());
        this.port = new Port(vertx, config, forwarding);
        route(
                addresses,
                new McpEndpoint(
                        vertx,
                        admission,
                        revocations,
                        legacy,
                        modern,
                        ticker,
                        refusals,
                        challenge,
                        config.maxBodyBytes()),
                new RestEndpoint(admission, browser, rest, new ApiDocs(vertx), refusals, config.maxBodyBytes()),
                pages);
    }

    /** Opens the port. */
    public Future<Void> start() {
        ticker.start();
        return port.open(router, failing::invalid);
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
        return port.number();
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
        return port.close(graceMillis);
    }

    private void route(AddressGate addresses, McpEndpoint endpoint, RestEndpoint rest, List<PageRoutes> pages) {
        router.route().handler(new Gate(config, forwarding, refusals)::handle).failureHandler(failing::handle);
        router.route().handler(context -> addresses.handle(context, refusals));
        Site.MCP_PATHS.forEach(
                path -> router.route(path).handler(this::refuseEarly).handler(endpoint::handle));
        pages.forEach(page -> page.mount(router));
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
}

package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.net.BindException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import symbolai.mcp.server.config.LocalApiConfig;
import symbolai.mcp.server.connections.Connections;
import symbolai.mcp.server.tools.OperationInvoker;

/** Listens on this machine alone for what speaks Cloudflare's REST API v4; off unless it is configured. */
public final class LocalApi {

    /** Where the API begins. */
    public static final String PATH = "/client/v4";
    /** The id of the embedded account in this API. */
    public static final String ACCOUNT = LocalAccount.ID;

    private static final String HOST = "127.0.0.1";
    private static final int IDLE_SECONDS = 75;
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 32 * 1024;
    private static final long MEMORY_FOR_BODIES = 128L << 20;
    /** A body is copied several times on its way: as text, as JSON, and for the audit log. */
    private static final int COPIES = 20;

    private final Vertx vertx;
    private final LocalApiConfig config;
    private final V4Callers callers;
    private final V4Routes routes;
    private final BodyBudget budget =
            new BodyBudget(Math.min(MEMORY_FOR_BODIES, Runtime.getRuntime().maxMemory() / COPIES));
    private final SignedFiles files;
    private Optional<HttpServer> server = Optional.empty();

    public LocalApi(
            Vertx vertx,
            LocalApiConfig config,
            Connections connections,
            OperationInvoker invoker,
            InstantSource clock) {
        this.vertx = vertx;
        this.config = config;
        this.callers = new V4Callers(connections, invoker);
        this.files =
                new SignedFiles(clock, Math.min(64L << 20, Runtime.getRuntime().maxMemory() / COPIES));
        this.routes = new V4Routes(Stream.of(
                        new AccountRoutes().routes(),
                        new D1Routes().routes(),
                        new D1Transfers(files).routes(),
                        new KvBulkRoutes().routes(),
                        new KvRoutes().routes(),
                        new R2Routes().routes(),
                        new R2ObjectRoutes().routes(),
                        new WorkersRoutes().routes(),
                        new DeploymentRoutes().routes(),
                        new BuildRoutes().routes(),
                        new TelemetryRoutes().routes())
                .flatMap(List::stream)
                .toList());
    }

    /** Opens the port, if there is to be one. */
    public Future<Void> start() {
        if (config.port().isEmpty()) {
            return Future.succeededFuture();
        }
        var bearer = new Bearer(config.token().orElseThrow());
        var port = config.port().get();
        var opening = vertx.createHttpServer(options())
                .requestHandler(request -> new V4Exchange(request, routes, bearer, files, budget, callers).run());
        return opening.listen(port, HOST)
                .onSuccess(opened -> server = Optional.of(opened))
                .<Void>mapEmpty()
                .recover(failure -> Future.failedFuture(explained(port, failure)));
    }

    /** The port that was opened, if one was. */
    public OptionalInt port() {
        return server.map(open -> OptionalInt.of(open.actualPort())).orElse(OptionalInt.empty());
    }

    /** Takes no more connections, gives open requests the time, then closes. */
    public Future<Void> close(long graceMillis) {
        return server.map(open -> open.shutdown(graceMillis, TimeUnit.MILLISECONDS))
                .orElseGet(Future::succeededFuture);
    }

    private static Throwable explained(int port, Throwable failure) {
        return failure instanceof BindException
                ? new IllegalStateException(
                        "port " + port + " of " + HOST + " cannot be opened for the local API: " + failure.getMessage()
                                + "; choose another with --local-api",
                        failure)
                : failure;
    }

    private static HttpServerOptions options() {
        return new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setHandle100ContinueAutomatically(true)
                .setIdleTimeout(IDLE_SECONDS)
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS);
    }
}

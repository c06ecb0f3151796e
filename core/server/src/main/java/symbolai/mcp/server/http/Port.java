package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.net.BindException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.config.HttpConfig;

/** The port that is listened on, with TLS where that is set, and its connections. */
final class Port {

    private static final Logger LOG = LoggerFactory.getLogger(Port.class);
    private static final int MAX_REQUEST_LINE = 8 * 1024;
    private static final int MAX_HEADERS = 32 * 1024;
    private static final int MAX_STREAMS = 100;
    private static final long SWEEP_MILLIS = 1000;

    private final Vertx vertx;
    private final HttpConfig config;
    private final OpenConnections connections;
    private Optional<Certificate> certificate = Optional.empty();
    private Optional<HttpServer> server = Optional.empty();
    private long timer = -1;

    Port(Vertx vertx, HttpConfig config, Forwarding forwarding) {
        this.vertx = vertx;
        this.config = config;
        this.connections = new OpenConnections(config.caps(), forwarding::isTrusted, System::nanoTime);
    }

    /** Opens it. */
    Future<Void> open(Handler<HttpServerRequest> requests, Handler<HttpServerRequest> malformed) {
        if (config.isOpenToEavesdroppers()) {
            LOG.atWarn()
                    .addKeyValue("host", config.host())
                    .log(
                            "listening beyond this machine without TLS: keys and data can be read on the way, unless a proxy"
                                    + " speaks TLS; see tls.certificate");
        }
        return readCertificate()
                .compose(read -> listen(requests, malformed))
                .recover(failure -> Future.failedFuture(explained(failure)));
    }

    /** Its number, when it was opened. */
    Optional<Integer> number() {
        return server.map(HttpServer::actualPort);
    }

    /** Takes no more connections, gives open requests the time, then closes. */
    Future<Void> close(long graceMillis) {
        vertx.cancelTimer(timer);
        certificate.ifPresent(Certificate::close);
        return server.map(open -> open.shutdown(graceMillis, TimeUnit.MILLISECONDS))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> readCertificate() {
        return config.tls()
                .map(files -> Certificate.read(vertx, files)
                        .onSuccess(read -> certificate = Optional.of(read))
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> listen(Handler<HttpServerRequest> requests, Handler<HttpServerRequest> malformed) {
        var options = options();
        certificate.map(Certificate::options).ifPresent(tls -> secure(options, tls));
        var opening = vertx.createHttpServer(options)
                .connectionHandler(connections::accept)
                .requestHandler(request -> take(request, isNameless(request) ? malformed : requests))
                .invalidRequestHandler(malformed);
        server = Optional.of(opening);
        timer = vertx.setPeriodic(SWEEP_MILLIS, now -> connections.sweep());
        certificate.ifPresent(shown -> shown.watch(opening));
        return opening.listen(config.port(), config.host()).mapEmpty();
    }

    private void take(HttpServerRequest request, Handler<HttpServerRequest> requests) {
        connections.begin(request);
        requests.handle(request);
    }

    /** The parser lets a header without a name pass, which others may read as the end of the headers. */
    private static boolean isNameless(HttpServerRequest request) {
        return request.headers().contains("");
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
                .setIdleTimeout((int) OpenConnections.IDLE.toSeconds())
                .setMaxInitialLineLength(MAX_REQUEST_LINE)
                .setMaxHeaderSize(MAX_HEADERS)
                .setInitialSettings(
                        new Http2Settings().setMaxConcurrentStreams(MAX_STREAMS).setMaxHeaderListSize(MAX_HEADERS));
    }

    private static void secure(HttpServerOptions options, ServerSSLOptions tls) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1))
                .setKeyCertOptions(tls.getKeyCertOptions())
                .setEnabledSecureTransportProtocols(tls.getEnabledSecureTransportProtocols());
    }
}

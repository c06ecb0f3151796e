package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.config.TlsConfig;
import symbolai.mcp.server.crypto.ServerCertificate;

/** The certificate that the listener shows: looks now and then whether its files were changed, and shows the new one if it is good. */
final class Certificate {

    private static final Logger LOG = LoggerFactory.getLogger(Certificate.class);
    private static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    private final Vertx vertx;
    private final TlsConfig files;
    private ServerCertificate shown;
    private String problem = "";
    private long timer = -1;

    private Certificate(Vertx vertx, TlsConfig files, ServerCertificate shown) {
        this.vertx = vertx;
        this.files = files;
        this.shown = shown;
    }

    /** Reads the files; fails when they do not hold a good pair. */
    static Future<Certificate> read(Vertx vertx, TlsConfig files) {
        return vertx.executeBlocking(
                () -> new Certificate(vertx, files, ServerCertificate.read(files.certificate(), files.key())));
    }

    /** What the listener needs to show it. */
    ServerSSLOptions options() {
        return options(shown);
    }

    /** Begins to look for changes. */
    void watch(HttpServer server) {
        timer = vertx.setPeriodic(INTERVAL.toMillis(), now -> look(server));
    }

    /** Stops looking. */
    void close() {
        vertx.cancelTimer(timer);
    }

    private void look(HttpServer server) {
        vertx.executeBlocking(() -> ServerCertificate.read(files.certificate(), files.key()))
                .compose(read -> show(server, read))
                .onFailure(this::keep);
    }

    private Future<Void> show(HttpServer server, ServerCertificate read) {
        problem = "";
        if (read.chain().equals(shown.chain())) {
            return Future.succeededFuture();
        }
        return server.updateSSLOptions(options(read))
                .onSuccess(updated -> taken(read))
                .mapEmpty();
    }

    private void taken(ServerCertificate read) {
        shown = read;
        LOG.atInfo()
                .addKeyValue("file", files.certificate())
                .addKeyValue("expires", read.expires())
                .log("TLS certificate renewed");
    }

    /** Half-copied files are good a moment later, so each problem is told once. */
    private void keep(Throwable failure) {
        var why = String.valueOf(failure.getMessage());
        if (!why.equals(problem)) {
            problem = why;
            LOG.atWarn().addKeyValue("reason", why).log("TLS certificate not renewed, the former one stays");
        }
    }

    private static ServerSSLOptions options(ServerCertificate certificate) {
        return new ServerSSLOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate.chainPem()))
                        .setKeyValue(Buffer.buffer(certificate.keyPem())))
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
                .setEnabledSecureTransportProtocols(PROTOCOLS);
    }
}

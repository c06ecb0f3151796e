package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.util.Optional;

/** The HTTP client of one version of a plugin, made when it is first asked for. Safe for any thread. */
final class LentHttpClient {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 120;

    private final Vertx vertx;
    private Optional<HttpClient> client = Optional.empty();
    private boolean closed;

    LentHttpClient(Vertx vertx) {
        this.vertx = vertx;
    }

    synchronized HttpClient get() {
        if (closed) {
            throw new IllegalStateException("the plugin is unloaded");
        }
        if (client.isEmpty()) {
            client = Optional.of(vertx.createHttpClient(new HttpClientOptions()
                    .setConnectTimeout(CONNECT_MILLIS)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setDecompressionSupported(true)));
        }
        return client.get();
    }

    synchronized Future<Void> close() {
        closed = true;
        var open = client;
        client = Optional.empty();
        return open.map(HttpClient::close).orElseGet(Future::succeededFuture);
    }
}

package symbolai.mcp.server.plugins;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import java.util.Optional;

/** The HTTP client of one version of a plugin, made when it is first asked for. Safe for any thread. */
public final class LentHttpClient {

    private static final int CONNECT_MILLIS = 10_000;
    private static final int IDLE_SECONDS = 120;
    /** Shorter than what servers keep, so that a request seldom meets a connection that is just being closed. */
    private static final int KEEP_ALIVE_SECONDS = 20;

    private static final int MAX_HEADER_BYTES = 16 << 10;
    private static final int CONNECTIONS_PER_HOST = 32;
    private static final int WAITING = 256;

    private final Vertx vertx;
    private Optional<HttpClient> client = Optional.empty();
    private boolean closed;

    LentHttpClient(Vertx vertx) {
        this.vertx = vertx;
    }

    /** A client as plugins are lent one; the caller closes it. */
    public static HttpClient create(Vertx vertx) {
        var options = new HttpClientOptions()
                .setConnectTimeout(CONNECT_MILLIS)
                .setIdleTimeout(IDLE_SECONDS)
                .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
                .setMaxHeaderSize(MAX_HEADER_BYTES)
                .setDecompressionSupported(true);
        return vertx.httpClientBuilder()
                .with(options)
                .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_HOST).setMaxWaitQueueSize(WAITING))
                // A request on a broken connection fails by itself; Vert.x would log each of them as an error.
                .withConnectHandler(connection -> connection.exceptionHandler(broken -> {}))
                .build();
    }

    synchronized HttpClient get() {
        if (closed) {
            throw new IllegalStateException("the plugin is unloaded");
        }
        if (client.isEmpty()) {
            client = Optional.of(create(vertx));
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

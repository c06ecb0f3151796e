package symbolai.mcp.server.http;

import io.vertx.core.Vertx;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One timer for all requests that are open: it reminds each of them every few seconds. */
final class Ticker {

    /** How often. */
    static final long INTERVAL_MILLIS = 5000;

    private final Vertx vertx;
    private final Set<Runnable> reminded = ConcurrentHashMap.newKeySet();
    private OptionalLong timer = OptionalLong.empty();

    Ticker(Vertx vertx) {
        this.vertx = vertx;
    }

    void start() {
        timer = OptionalLong.of(vertx.setPeriodic(INTERVAL_MILLIS, now -> remind()));
    }

    void remind() {
        reminded.forEach(Runnable::run);
    }

    void close() {
        timer.ifPresent(vertx::cancelTimer);
    }

    void add(Runnable reminder) {
        reminded.add(reminder);
    }

    void remove(Runnable reminder) {
        reminded.remove(reminder);
    }
}

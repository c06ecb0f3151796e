package symbolai.mcp.server.identity;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees every few seconds which keys have expired, so that what is open with them ends too, and reads the keys again when that failed. */
public final class ExpiryWatch {

    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ExpiryWatch.class);

    private final Vertx vertx;
    private final KeyRing keys;
    private final Clock clock;
    private volatile long looked;
    private volatile long timer = -1;

    public ExpiryWatch(Vertx vertx, KeyRing keys, Clock clock) {
        this.vertx = vertx;
        this.keys = keys;
        this.clock = clock;
    }

    /** Begins to look. */
    public void start() {
        looked = clock.millis();
        timer = vertx.setPeriodic(INTERVAL.toMillis(), id -> look());
    }

    /** Stops. */
    public void close() {
        vertx.cancelTimer(timer);
    }

    void look() {
        var now = clock.millis();
        keys.expire(looked, now);
        looked = now;
        if (keys.isStale()) {
            keys.refresh().onFailure(failure -> LOG.atWarn().setCause(failure).log("keys not read, trying again"));
        }
    }
}

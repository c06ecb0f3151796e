package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.identity.Revocations;
import symbolai.mcp.server.store.GrantStore;

/** Sees every few seconds which grants have expired, so that what is open with them ends too. */
public final class GrantWatch {

    private static final Logger LOG = LoggerFactory.getLogger(GrantWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final GrantStore grants;
    private final Revocations revocations;
    private final Clock clock;
    private volatile long looked;
    private volatile long timer = -1;

    public GrantWatch(Vertx vertx, GrantStore grants, Revocations revocations, Clock clock) {
        this.vertx = vertx;
        this.grants = grants;
        this.revocations = revocations;
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

    /** What could not be read now is read the next time. */
    Future<Void> look() {
        var now = clock.millis();
        var since = looked;
        if (revocations.watching() == 0) {
            looked = now;
            return Future.succeededFuture();
        }
        return grants.expired(since, now)
                .onSuccess(ids -> {
                    looked = now;
                    ids.forEach(id -> revocations.credentialEnded(id, "the access of the program has expired"));
                })
                .onFailure(failure -> LOG.atWarn().setCause(failure).log("expired oauth grants not read"))
                .mapEmpty();
    }
}

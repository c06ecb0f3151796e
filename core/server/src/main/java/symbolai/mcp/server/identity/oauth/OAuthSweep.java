package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.GrantStore;

/** Removes now and then what has ended, and clients that nobody has used for long. */
public final class OAuthSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OAuthSweep.class);
    private static final Duration INTERVAL = Duration.ofHours(1);
    /** What has just ended stays until everybody has seen that. */
    private static final Duration LOOKED_AT = Duration.ofMinutes(10);

    private static final Duration UNUSED = Duration.ofDays(90);

    private final Vertx vertx;
    private final GrantStore grants;
    private final ClientStore clients;
    private final Clock clock;
    private volatile long timer = -1;

    public OAuthSweep(Vertx vertx, GrantStore grants, ClientStore clients, Clock clock) {
        this.vertx = vertx;
        this.grants = grants;
        this.clients = clients;
        this.clock = clock;
    }

    /** Begins. */
    public void start() {
        timer = vertx.setPeriodic(INTERVAL.toMillis(), INTERVAL.toMillis(), id -> sweep());
    }

    /** Stops. */
    public void close() {
        vertx.cancelTimer(timer);
    }

    /** What fails now is done the next time. */
    Future<Integer> sweep() {
        var since = clock.millis() - UNUSED.toMillis();
        return grants.removeExpired(clock.millis() - LOOKED_AT.toMillis())
                .compose(removed -> clients.removeUnused(OAuthClient.Kind.REGISTERED.text(), since))
                .compose(removed -> clients.removeUnused(OAuthClient.Kind.DOCUMENT.text(), since))
                .onFailure(failure -> LOG.atWarn().setCause(failure).log("ended oauth tokens not removed"));
    }
}

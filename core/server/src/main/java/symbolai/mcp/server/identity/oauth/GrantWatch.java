package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Credential.Kind;
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
        looked = looked == 0 ? clock.millis() : looked;
        timer = vertx.setPeriodic(INTERVAL.toMillis(), id -> look());
    }

    /** Ends the grants among these callers' that ended while nobody looked, before a restart or during it. */
    public Future<Void> lookBack(List<Caller> callers) {
        var ids = callers.stream()
                .map(Caller::credential)
                .filter(credential -> credential.kind() == Kind.TOKEN)
                .map(Credential::id)
                .collect(Collectors.toSet());
        var now = clock.millis();
        return grants.gone(ids, now)
                .onSuccess(gone -> ended(gone, now, "ended"))
                .mapEmpty();
    }

    /** Stops. */
    public void close() {
        vertx.cancelTimer(timer);
    }

    /** What could not be read now is read the next time. */
    Future<Void> look() {
        var now = clock.millis();
        var since = looked;
        return grants.expired(since, now)
                .onSuccess(ids -> ended(ids, now, "expired"))
                .onFailure(failure -> LOG.atWarn().setCause(failure).log("expired oauth grants not read"))
                .mapEmpty();
    }

    private void ended(List<String> ids, long now, String how) {
        looked = now;
        ids.forEach(id -> revocations.credentialEnded(id, "the access of the program has " + how));
    }
}

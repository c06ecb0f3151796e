package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.store.KeyStore;

/** Notes when keys are used, to the minute, and writes it down now and then. */
public final class LastUse {

    private static final Logger LOG = LoggerFactory.getLogger(LastUse.class);
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private final Vertx vertx;
    private final KeyStore keys;
    private final Map<String, Long> seen = new ConcurrentHashMap<>();
    private final Map<String, Long> written = new ConcurrentHashMap<>();
    private volatile long timer = -1;

    public LastUse(Vertx vertx, KeyStore keys) {
        this.vertx = vertx;
        this.keys = keys;
    }

    /** Begins to write. */
    public void start() {
        timer = vertx.setPeriodic(MINUTE, id -> flush());
    }

    /** Writes what is left. */
    public Future<Void> close() {
        vertx.cancelTimer(timer);
        return flush();
    }

    void seen(String keyId, long now) {
        var minute = now - now % MINUTE;
        if (!Long.valueOf(minute).equals(seen.get(keyId))) {
            seen.put(keyId, minute);
        }
    }

    /** A lost write is made up for by the next one. */
    Future<Void> flush() {
        var changed = seen.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(written.get(entry.getKey())))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
        if (changed.isEmpty()) {
            return Future.succeededFuture();
        }
        return keys.used(changed)
                .onSuccess(done -> written.putAll(changed))
                .onFailure(failure -> LOG.atWarn()
                        .addKeyValue("keys", changed.size())
                        .setCause(failure)
                        .log("last use of keys not written"));
    }
}

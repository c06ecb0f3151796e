package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Those who wait for a decision in this process. Safe for any thread. */
final class Waiting {

    private final Vertx vertx;
    private final Map<String, List<Promise<Void>>> waiting = new HashMap<>();

    Waiting(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Succeeds when something was decided of the request, or when the time is over. */
    Future<Void> on(String id, Duration most) {
        Promise<Void> told = Promise.promise();
        synchronized (this) {
            waiting.computeIfAbsent(id, first -> new ArrayList<>()).add(told);
        }
        var context = vertx.getOrCreateContext();
        Promise<Void> here = Promise.promise();
        told.future()
                .timeout(Math.max(1, most.toMillis()), TimeUnit.MILLISECONDS)
                .onComplete(over -> forget(id, told))
                .onComplete(over -> context.runOnContext(on -> here.complete()));
        return here.future();
    }

    void tell(String id) {
        taken(id).forEach(Promise::tryComplete);
    }

    void tellAll() {
        ids().forEach(this::tell);
    }

    private synchronized List<String> ids() {
        return List.copyOf(waiting.keySet());
    }

    private synchronized List<Promise<Void>> taken(String id) {
        var those = waiting.remove(id);
        return those == null ? List.of() : those;
    }

    private synchronized void forget(String id, Promise<Void> told) {
        waiting.computeIfPresent(id, (same, others) -> without(others, told).isEmpty() ? null : others);
    }

    private static List<Promise<Void>> without(List<Promise<Void>> others, Promise<Void> told) {
        others.remove(told);
        return others;
    }
}

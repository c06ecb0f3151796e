package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;

/** A number of things that may go on at once. Safe for any thread. */
final class Slots {

    private final int most;
    private final List<Promise<Void>> waiting = new ArrayList<>();
    private int taken;

    Slots(int most) {
        this.most = most;
    }

    /** Takes a slot; false when none is free. Each success is followed by one {@link #release}. */
    synchronized boolean take() {
        if (taken == most) {
            return false;
        }
        taken++;
        return true;
    }

    void release() {
        leave().forEach(Promise::tryComplete);
    }

    /** Succeeds when no slot is taken, now or later. */
    synchronized Future<Void> idle() {
        if (taken == 0) {
            return Future.succeededFuture();
        }
        Promise<Void> idle = Promise.promise();
        waiting.add(idle);
        return idle.future();
    }

    int most() {
        return most;
    }

    private synchronized List<Promise<Void>> leave() {
        taken--;
        if (taken > 0 || waiting.isEmpty()) {
            return List.of();
        }
        var done = List.copyOf(waiting);
        waiting.clear();
        return done;
    }
}

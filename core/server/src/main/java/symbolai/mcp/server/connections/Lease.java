package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** Counts the calls inside one loaded version of a plugin, so that it is closed only when none is left. Safe for any thread. */
public final class Lease {

    private final Promise<Void> drained = Promise.promise();
    private int inside;
    private boolean closed;

    /** Goes in; false when this version takes no more calls, then look the thing up again. Each success is followed by one {@link #leave}. */
    public synchronized boolean enter() {
        if (closed) {
            return false;
        }
        inside++;
        return true;
    }

    /** Goes out. */
    public synchronized void leave() {
        inside--;
        completeWhenEmpty();
    }

    /** Takes no more calls; the future succeeds when the last one has left. */
    public synchronized Future<Void> close() {
        closed = true;
        completeWhenEmpty();
        return drained.future();
    }

    private void completeWhenEmpty() {
        if (closed && inside == 0) {
            drained.tryComplete();
        }
    }
}

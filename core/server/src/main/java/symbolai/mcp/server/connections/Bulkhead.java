package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Optional;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Lets few requests be under way at once, and a bounded number wait for their turn. Safe for any thread. */
final class Bulkhead {

    static final int WAITING = 256;

    private final Timing timing;
    private final String host;
    private final ArrayDeque<Promise<Void>> waiting = new ArrayDeque<>();
    private int free;

    Bulkhead(Timing timing, String host, int concurrency) {
        this.timing = timing;
        this.host = host;
        this.free = concurrency;
    }

    /** Succeeds when the turn has come; each success is followed by one {@link #leave}. */
    Future<Void> enter(Deadline deadline, Cancellation cancellation) {
        var turn = Promise.<Void>promise();
        if (!queued(turn)) {
            return Future.failedFuture(new ToolException(
                    Reason.UNAVAILABLE,
                    WAITING + " requests wait for " + host + " already; nothing was sent, try again later"));
        }
        if (!turn.future().isComplete()) {
            var timer = timing.once(deadline.remaining(), () -> giveUp(turn, late()));
            turn.future().onComplete(over -> timer.cancel());
            cancellation.onCancel(() -> giveUp(turn, Pause.cancelled()));
        }
        return turn.future();
    }

    /** Ends a turn; the next one's comes. */
    void leave() {
        next().ifPresent(Promise::complete);
    }

    private synchronized boolean queued(Promise<Void> turn) {
        if (free > 0) {
            free--;
            turn.complete();
            return true;
        }
        if (waiting.size() >= WAITING) {
            return false;
        }
        waiting.addLast(turn);
        return true;
    }

    private synchronized Optional<Promise<Void>> next() {
        var next = Optional.ofNullable(waiting.pollFirst());
        if (next.isEmpty()) {
            free++;
        }
        return next;
    }

    /** Whose turn has come meanwhile does not give up. */
    private void giveUp(Promise<Void> turn, ToolException why) {
        boolean gone;
        synchronized (this) {
            gone = waiting.remove(turn);
        }
        if (gone) {
            turn.fail(why);
        }
    }

    private ToolException late() {
        return new ToolException(
                Reason.NOT_SENT, "other requests to " + host + " took all the time there was; nothing was sent");
    }
}

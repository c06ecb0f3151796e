package symbolai.mcp.server.rest.v4;

import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.api.Cancellation;

/** Tells those who work for a client that it went away. Safe for any thread. */
final class Leaving implements Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean gone;
    private boolean answered;

    @Override
    public synchronized boolean isCancelled() {
        return gone;
    }

    @Override
    public void onCancel(Runnable action) {
        if (isNow(action)) {
            action.run();
        }
    }

    /** The client went away before it had its answer. */
    void leave() {
        take(true).forEach(Runnable::run);
    }

    /** The client has its answer. */
    void answer() {
        take(false);
    }

    private synchronized boolean isNow(Runnable action) {
        if (!gone && !answered) {
            actions.add(action);
        }
        return gone;
    }

    private synchronized List<Runnable> take(boolean left) {
        gone = gone || (left && !answered);
        answered = answered || !left;
        var waiting = List.copyOf(actions);
        actions.clear();
        return waiting;
    }
}

package symbolai.mcp.server.mcp;

import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.api.Cancellation;

/** A cancellation that can be given. Safe for any thread. */
public final class CancelSignal implements Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;
    private boolean ended;

    /** Cancels: runs the actions, once. */
    public void cancel() {
        take(true).forEach(Runnable::run);
    }

    /** The call is over; from now on nothing runs. */
    public void end() {
        take(false);
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        if (addWhileOpen(action)) {
            return;
        }
        if (isCancelled()) {
            action.run();
        }
    }

    private synchronized boolean addWhileOpen(Runnable action) {
        if (cancelled || ended) {
            return false;
        }
        return actions.add(action);
    }

    private synchronized List<Runnable> take(boolean cancel) {
        if (cancelled || ended) {
            return List.of();
        }
        cancelled = cancel;
        ended = !cancel;
        var taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }
}

package symbolai.mcp.server.tools;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import symbolai.mcp.api.Cancellation;

/** A cancellation that can be given. Safe for any thread. */
public final class CancelSignal implements Cancellation {

    private final Deque<Runnable> actions = new ArrayDeque<>(2);
    private boolean cancelled;
    private boolean ended;

    /** Cancels: runs the actions, once, the last one first. */
    public void cancel() {
        take(true).forEach(Runnable::run);
    }

    /** The call is over; from now on nothing runs. */
    public void end() {
        take(false);
    }

    /** Whether the call goes on: it was neither cancelled nor ended. */
    public synchronized boolean isOpen() {
        return !cancelled && !ended;
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
        actions.push(action);
        return true;
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

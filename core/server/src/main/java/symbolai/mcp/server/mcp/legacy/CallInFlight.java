package symbolai.mcp.server.mcp.legacy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import symbolai.mcp.api.Cancellation;

/** One request that is being answered, until it was answered or cancelled. */
final class CallInFlight implements Cancellation {

    private final Deque<Runnable> actions = new ArrayDeque<>(2);
    private State state = State.RUNNING;

    private enum State {
        RUNNING,
        CANCELLED,
        ENDED
    }

    @Override
    public synchronized boolean isCancelled() {
        return state == State.CANCELLED;
    }

    @Override
    public void onCancel(Runnable action) {
        if (!isKept(action) && isCancelled()) {
            action.run();
        }
    }

    /** Cancels the call, what began last first; does nothing when it has ended. */
    void cancel() {
        take().forEach(Runnable::run);
    }

    /** Ends the call; false when it was cancelled, and then nothing may be answered. */
    synchronized boolean end() {
        boolean wasRunning = state == State.RUNNING;
        if (wasRunning) {
            state = State.ENDED;
        }
        actions.clear();
        return wasRunning;
    }

    /** Whether messages of the call may still be sent. */
    synchronized boolean isRunning() {
        return state == State.RUNNING;
    }

    private synchronized boolean isKept(Runnable action) {
        boolean isRunning = state == State.RUNNING;
        if (isRunning) {
            actions.push(action);
        }
        return isRunning;
    }

    private synchronized List<Runnable> take() {
        if (state != State.RUNNING) {
            return List.of();
        }
        state = State.CANCELLED;
        List<Runnable> taken = List.copyOf(actions);
        actions.clear();
        return taken;
    }
}

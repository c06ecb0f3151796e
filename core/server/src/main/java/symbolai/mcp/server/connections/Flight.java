package symbolai.mcp.server.connections;

import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Reply;

/** One read under way that several callers may wait for; it is cancelled only when none of them does any more. */
final class Flight implements Cancellation {

    private final Deadline deadline;
    private final Promise<Reply> answer = Promise.promise();
    private final List<Runnable> actions = new ArrayList<>();
    private int waiting;
    private boolean cancelled;
    private boolean bodyTaken;

    Flight(Deadline deadline) {
        this.deadline = deadline;
    }

    Promise<Reply> answer() {
        return answer;
    }

    /** Waits for it; false when it is no use any more. */
    synchronized boolean join() {
        if (cancelled || deadline.hasPassed() || answer.future().isComplete()) {
            return false;
        }
        waiting++;
        return true;
    }

    /** Whether the bytes of the answer are still there to take; true once. */
    synchronized boolean takeBody() {
        boolean first = !bodyTaken;
        bodyTaken = true;
        return first;
    }

    /** Waits no longer. */
    void leave() {
        left().forEach(Runnable::run);
    }

    private synchronized List<Runnable> left() {
        waiting--;
        if (waiting > 0 || cancelled || answer.future().isComplete()) {
            return List.of();
        }
        cancelled = true;
        var told = List.copyOf(actions);
        actions.clear();
        return told;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled || deadline.hasPassed();
    }

    @Override
    public void onCancel(Runnable action) {
        if (!kept(action)) {
            action.run();
        }
    }

    private synchronized boolean kept(Runnable action) {
        if (!cancelled && !answer.future().isComplete()) {
            actions.add(action);
        }
        return !cancelled;
    }
}

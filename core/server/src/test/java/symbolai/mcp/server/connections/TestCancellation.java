package symbolai.mcp.server.connections;

import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.api.Cancellation;

/** A cancellation that comes when a test says so. */
final class TestCancellation implements Cancellation {

    private final List<Runnable> actions = new ArrayList<>();
    private boolean cancelled;

    void cancel() {
        cancelled = true;
        List.copyOf(actions).forEach(Runnable::run);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void onCancel(Runnable action) {
        if (cancelled) {
            action.run();
        } else {
            actions.add(action);
        }
    }
}

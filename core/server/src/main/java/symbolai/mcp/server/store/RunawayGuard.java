package symbolai.mcp.server.store;

import java.time.Duration;
import org.sqlite.ProgressHandler;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.ToolException;

/** Stops the statement of one connection at its deadline or when nobody wants it any more; SQLite asks it every thousand steps. */
final class RunawayGuard extends ProgressHandler {

    static final int STEPS = 1000;

    private volatile Watch watch = Watch.nothing();

    /** From now on these decide; fails when they have decided already. */
    void watch(Deadline deadline, Cancellation cancellation) {
        watch = new Watch(deadline, cancellation);
        if (watch.isOver()) {
            throw stopped();
        }
    }

    /** Stops nothing, so that a transaction can be ended. */
    void rest() {
        watch = Watch.nothing();
    }

    /** Why a statement was stopped. */
    ToolException stopped() {
        return watch.deadline().hasPassed()
                ? new ToolException(
                        ToolException.Reason.TIMED_OUT,
                        "the statement was stopped at its deadline; make it read or write less")
                : new ToolException(ToolException.Reason.CANCELLED, "the statement was cancelled");
    }

    @Override
    protected int progress() {
        return watch.isOver() ? 1 : 0;
    }

    private record Watch(Deadline deadline, Cancellation cancellation) {

        static Watch nothing() {
            return new Watch(Deadline.after(Duration.ofDays(36_500)), Cancellation.NEVER);
        }

        boolean isOver() {
            return deadline.hasPassed() || cancellation.isCancelled();
        }
    }
}

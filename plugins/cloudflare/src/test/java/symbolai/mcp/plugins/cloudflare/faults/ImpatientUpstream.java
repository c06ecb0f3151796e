package symbolai.mcp.plugins.cloudflare.faults;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;

/** Tries again by the rule of {@link Upstream}, once and without a pause, so that a dishonest failure shows at the server. */
public final class ImpatientUpstream implements Upstream {

    private static final int TRIES = 2;

    @Override
    public <T> Future<T> request(Target target, Supplier<Future<T>> send) {
        return again(target, send, TRIES);
    }

    @Override
    public void remaining(int remaining, Duration window) {
        // Nobody is limited here.
    }

    private static <T> Future<T> again(Target target, Supplier<Future<T>> send, int left) {
        return send.get()
                .recover(failure -> left > 1 && mayTryAgain(target, failure)
                        ? again(target, send, left - 1)
                        : Future.failedFuture(failure));
    }

    private static boolean mayTryAgain(Target target, Throwable failure) {
        if (!(failure instanceof ToolException tool) || target.deadline().hasPassed()) {
            return false;
        }
        var always = tool.reason() == Reason.NOT_SENT || tool.reason() == Reason.RATE_LIMITED;
        var open = tool.reason() == Reason.UNAVAILABLE || tool.reason() == Reason.TIMED_OUT;
        return always || (open && target.access() == Operation.Access.READ);
    }
}

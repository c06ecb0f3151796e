package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Waits, unless the answer is no longer wanted. */
record Pause(Timing timing) {

    /** Succeeds after the delay; fails with CANCELLED when the cancellation comes before. */
    Future<Void> of(Duration delay, Cancellation cancellation) {
        if (delay.isZero() || delay.isNegative()) {
            return Future.succeededFuture();
        }
        var over = Promise.<Void>promise();
        var timer = timing.once(delay, over::tryComplete);
        cancellation.onCancel(() -> {
            timer.cancel();
            over.tryFail(cancelled());
        });
        return over.future();
    }

    static ToolException cancelled() {
        return new ToolException(Reason.CANCELLED, "the request was cancelled while it waited; nothing was sent");
    }
}

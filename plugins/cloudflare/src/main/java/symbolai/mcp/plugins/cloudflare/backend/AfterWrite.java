package symbolai.mcp.plugins.cloudflare.backend;

import io.vertx.core.Future;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Says of a failure that came after a write that the write was made. */
public final class AfterWrite {

    private AfterWrite() {}

    /** Fails anew, and never as if nothing had been sent. */
    public static <T> Future<T> failed(Throwable failure) {
        return Future.failedFuture(
                failure instanceof ToolException known
                        ? new ToolException(
                                open(known.reason()),
                                "the change was made, but what came of it is not known: " + known.getMessage())
                        : failure);
    }

    private static Reason open(Reason reason) {
        return switch (reason) {
            case NOT_SENT -> Reason.TIMED_OUT;
            case INVALID, ANSWER_TOO_LARGE -> Reason.UNAVAILABLE;
            default -> reason;
        };
    }
}

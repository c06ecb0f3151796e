package symbolai.mcp.plugins.cloudflare.wrangler;

import java.time.Duration;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Tells a server that does not run from one that fails. */
final class NotRunning {

    /** A timer may go off a little early. */
    private static final Duration NOTHING = Duration.ofMillis(5);

    private NotRunning() {}

    /** Whether nobody listens there; when the time of the operation is over, that is not known. */
    static boolean says(Throwable failure, Operation operation) {
        return failure instanceof ToolException known
                && known.reason() == Reason.NOT_SENT
                && operation.deadline().remaining().compareTo(NOTHING) > 0;
    }
}

package symbolai.mcp.api;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The way out to one outside system with one set of credentials. A connector sends every request through it; the host keeps to the system's
 * limits there, in one place for all connectors: a budget of requests for the credentials, few requests at once and a breaker for each host, and
 * another try of what may be tried again.
 *
 * <p>Another try is made, 2, 4 and 8 seconds later and only within the deadline: of a read that failed with UNAVAILABLE or TIMED_OUT, and of
 * any request that failed with NOT_SENT or RATE_LIMITED. A write that may have happened is never sent again.
 * The breaker counts UNAVAILABLE, TIMED_OUT, NOT_SENT and ANSWER_TOO_LARGE, and what is no {@link ToolException}. All methods may be called from any thread.
 */
public interface Upstream {

    /**
     * Sends a request when its turn comes.
     *
     * @param send makes the request; called once for each try, never after the deadline. It fails with a {@link ToolException} that says
     *     honestly what happened: NOT_SENT only when no byte of the request can have arrived, RATE_LIMITED only when the system refused to do it
     * @return what the request gave, or its last failure; UNAVAILABLE at once while the breaker of the host is open
     */
    <T> Future<T> request(Target target, Supplier<Future<T>> send);

    /**
     * Tells what the system said of its limit.
     *
     * @param remaining how many requests are left
     * @param window the time after which there are more
     */
    void remaining(int remaining, Duration window);

    /**
     * Tells under which id the system has an answer in its own logs, whether it is a good one or not. The last one that is told during an
     * operation stands in the audit log with the call.
     *
     * @param id of at most 64 letters, digits and {@code . _ : -}; any other is left out
     */
    default void answered(String id) {
        // Nobody keeps it.
    }

    /**
     * Where a request goes and how long it may take.
     *
     * @param host the host's name and port, such as {@code api.cloudflare.com}
     * @param access whether this request, by itself, changes anything
     * @param deadline when the whole operation must be done
     * @param cancellation whether the answer is still wanted
     */
    record Target(String host, Operation.Access access, Deadline deadline, Cancellation cancellation) {

        /** A request of the operation, with the operation's access. */
        public static Target of(String host, Operation operation) {
            return new Target(host, operation.access(), operation.deadline(), operation.cancellation());
        }

        /** The same as a read, for a request that changes nothing inside an operation that does. */
        public Target reading() {
            return new Target(host, Operation.Access.READ, deadline, cancellation);
        }
    }
}

package symbolai.mcp.api;

import java.time.Duration;
import java.util.OptionalDouble;

/** Reports how far a call is. */
public interface Progress {

    /**
     * Reports a step. Steps that do not go up are dropped.
     *
     * @param done how much is done, in the handler's own units
     * @param total how much there is, where that is known
     * @param message what is going on, for people; may be empty
     */
    void report(double done, OptionalDouble total, String message);

    /**
     * Says that there will be nothing to report for about this long, so that a client that can come back later need not stay on the line. The
     * host says this for each {@link Working}.
     */
    default void pause(Duration pause) {
        // Most listeners just wait.
    }
}

package symbolai.mcp.api;

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
}

package symbolai.mcp.api;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Not done yet: the handler is called again after the pause with this state. This becomes a task where the client can follow one, and progress
 * where it cannot. The state is kept by the server and survives a restart.
 *
 * <p>When the caller cancels, the handler is called one last time, with {@link Cancellation#isCancelled()} true, to stop what it began.
 *
 * @param state what the handler needs to know at the next call
 * @param again the pause, at least 10 ms
 * @param message what is going on, for people
 */
public record Working(JsonObject state, Duration again, String message) implements ToolOutcome {

    public Working {
        state = state.copy();
    }
}

package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import symbolai.mcp.api.Cancellation;

/** One request under way, as the methods see it. */
public interface Exchange {

    /** Sends a notification that belongs to this request; dropped when the client is gone. May be called from any thread. */
    void notify(String method, JsonObject params);

    /** Hears that the handler will have nothing to say for about this long. */
    default void pause(Duration pause) {
        // Most just wait.
    }

    /** Hears, before the answer, that the caller's OAuth token lacks these scopes: HTTP has words of its own for that. */
    default void lacks(Set<String> scopes) {
        // Elsewhere the answer says it.
    }

    /** Tells whether the client still wants the answer. */
    Cancellation cancellation();
}

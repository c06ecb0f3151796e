package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Set;

/** Where messages go that belong to one request of the client. */
public interface Outlet {

    /** Sends a notification or a request of ours; dropped when the client is gone. May be called from any thread. */
    void send(Buffer message);

    /** Whether requests of ours can reach the client before the answer does. */
    boolean canAsk();

    /** Sends a notification when the answer is long given, to a client that listens all the time; dropped for others. */
    default void announce(Buffer notification) {
        // Where there is no answer without a stream, nothing is left to say after it.
    }

    /** Hears, before the answer, that the caller's OAuth token lacks these scopes. */
    default void lacks(Set<String> scopes) {
        // The answer says it.
    }

    /** Says that there will be nothing to send for about this long. */
    default void pause(Duration pause) {
        // The client just waits.
    }
}

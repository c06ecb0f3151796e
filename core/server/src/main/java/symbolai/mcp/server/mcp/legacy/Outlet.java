package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;

/** Where messages go that belong to one request of the client. */
public interface Outlet {

    /** Sends a notification or a request of ours; dropped when the client is gone. May be called from any thread. */
    void send(Buffer message);

    /** Whether requests of ours can reach the client before the answer does. */
    boolean canAsk();

    /** Says that there will be nothing to send for about this long. */
    default void pause(Duration pause) {
        // The client just waits.
    }
}

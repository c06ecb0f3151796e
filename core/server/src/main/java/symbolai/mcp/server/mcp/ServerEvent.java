package symbolai.mcp.server.mcp;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;

/**
 * One server-sent event.
 *
 * @param id the event id, for streams that can be resumed
 * @param event the event's type; empty means {@code message} and is not written
 * @param retry how long the client should wait before it reconnects
 * @param data one line, as JSON always is; may be empty
 */
public record ServerEvent(Optional<String> id, Optional<String> event, Optional<Duration> retry, Buffer data) {

    /** A message without an id. */
    public static ServerEvent message(Buffer data) {
        return new ServerEvent(Optional.empty(), Optional.empty(), Optional.empty(), data);
    }
}

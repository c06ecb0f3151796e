package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** The last events of a stream, for clients that come back. Not safe for several threads. */
final class ReplayRing {

    static final int MAX_EVENTS = 128;
    static final int MAX_BYTES = 256 * 1024;

    private final Queue<Numbered> events = new ArrayDeque<>(2);
    private long bytes;

    /** One event. */
    record Numbered(long number, Buffer data) {}

    /** Adds an event, and forgets the oldest ones when there are too many; the newest one always stays. */
    void add(Numbered event) {
        events.add(event);
        bytes += event.data().length();
        while (events.size() > 1 && (events.size() > MAX_EVENTS || bytes > MAX_BYTES)) {
            bytes -= events.remove().data().length();
        }
    }

    /** The events after the one with this number, as far as they are still known. */
    List<Numbered> after(long number) {
        return events.stream().filter(event -> event.number() > number).toList();
    }

    /** How many bytes are held. */
    long bytes() {
        return bytes;
    }
}

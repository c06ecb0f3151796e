package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.ServerEvent;

/** One stream of a session: numbers its events, and goes on at another connection where the last one broke off. Safe for any thread. */
final class ResumableStream {

    /** How long clients are asked to wait before they come back. */
    static final Duration RETRY = Duration.ofSeconds(1);

    private final EventId start;
    private final boolean primes;
    private final ReplayRing ring = new ReplayRing();
    private Optional<EventStream> connection = Optional.empty();
    private boolean wasOpened;
    private boolean isFinished;
    private long last;
    private long sent;

    /**
     * A stream without a connection.
     *
     * @param start the id before the first event
     * @param primes whether each connection begins with an event without data, from which the client learns an id at once
     */
    ResumableStream(EventId start, boolean primes) {
        this.start = start;
        this.primes = primes;
    }

    /** Sends a message now, or when the client comes back. */
    synchronized void send(Buffer message) {
        ReplayRing.Numbered event = new ReplayRing.Numbered(++last, message);
        ring.add(event);
        connection.filter(EventStream::isOpen).ifPresent(open -> write(open, event));
    }

    /** Sends a message if the client has ever opened this stream. */
    synchronized void tell(Buffer message) {
        if (wasOpened) {
            send(message);
        }
    }

    /** Goes on at a connection, in place of the former one, with what no connection was given yet. */
    synchronized void open(EventStream next) {
        open(next, sent);
    }

    /** Goes on at a connection, in place of the former one, after the event with this number. */
    synchronized void open(EventStream next, long after) {
        connection.ifPresent(EventStream::end);
        connection = Optional.of(next);
        wasOpened = true;
        next.onEnd(() -> forget(next));
        if (primes) {
            next.send(new ServerEvent(id(after), Optional.empty(), Optional.of(RETRY), Buffer.buffer()));
        }
        ring.after(after).forEach(event -> write(next, event));
        if (isFinished) {
            next.end();
        }
    }

    /** Ends the connection; the stream waits for the client to come back. */
    synchronized void letGo() {
        connection.ifPresent(EventStream::end);
        connection = Optional.empty();
    }

    /** Ends the stream after what was sent. */
    synchronized void finish() {
        isFinished = true;
        letGo();
    }

    synchronized boolean isConnected() {
        return connection.isPresent();
    }

    synchronized boolean isFinished() {
        return isFinished;
    }

    /** How many bytes are held for clients that come back. */
    synchronized long bytes() {
        return ring.bytes();
    }

    private void write(EventStream open, ReplayRing.Numbered event) {
        sent = Math.max(sent, event.number());
        open.send(new ServerEvent(id(event.number()), Optional.empty(), Optional.empty(), event.data()));
    }

    private Optional<String> id(long number) {
        return Optional.of(start.at(number).text());
    }

    private synchronized void forget(EventStream ended) {
        connection = connection.filter(current -> current != ended);
    }
}

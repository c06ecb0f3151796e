package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.mcp.EventStream;
import symbolai.mcp.server.mcp.ProtocolVersion;

/** What is in memory of one session of 2025: the conversation, its streams. Safe for any thread. */
final class StreamableSession implements Announcements.Listener {

    private static final long OWN = 0;
    private static final int MAX_STREAMS = 32;
    private static final long MAX_BYTES = 1024 * 1024;

    private final SessionClaims claims;
    private final Conversation conversation;
    private final EventId start;
    private final ResumableStream own;
    private final Map<Long, ResumableStream> streams = new LinkedHashMap<>(2);
    private long lastStream = OWN;
    private volatile long used;

    StreamableSession(SessionClaims claims, Conversation conversation, String nonce) {
        this.claims = claims;
        this.conversation = conversation;
        this.start = new EventId(nonce, OWN, 0);
        this.own = new ResumableStream(start, primes());
    }

    SessionClaims claims() {
        return claims;
    }

    Conversation conversation() {
        return conversation;
    }

    ProtocolVersion version() {
        return claims.client().version();
    }

    /** Opens the session's own stream at a connection, or resumes the stream that the event belongs to. */
    void listen(EventStream connection, Optional<String> lastEventId) {
        Optional<EventId> last =
                lastEventId.flatMap(EventId::parse).filter(id -> id.nonce().equals(start.nonce()));
        Optional<ResumableStream> resumed = last.flatMap(this::stream);
        resumed.ifPresentOrElse(
                stream -> stream.open(connection, last.orElse(start).number()), () -> own.open(connection));
    }

    /** A stream for the answer to a POST. */
    synchronized ResumableStream newStream() {
        long number = ++lastStream;
        ResumableStream stream = new ResumableStream(new EventId(start.nonce(), number, 0), primes());
        streams.put(number, stream);
        forgetOld();
        return stream;
    }

    @Override
    public void announce(Buffer notification) {
        own.tell(notification);
    }

    @Override
    public Optional<Caller> follower(String uri) {
        return conversation.follower(uri);
    }

    void use(long now) {
        used = now;
    }

    long used() {
        return used;
    }

    /** Whether a client waits or listens. */
    synchronized boolean isActive() {
        return !conversation.calls().isEmpty()
                || own.isConnected()
                || streams.values().stream().anyMatch(ResumableStream::isConnected);
    }

    /** Cancels what goes on and ends the streams. */
    void end() {
        conversation.end();
        own.finish();
        all().values().forEach(ResumableStream::finish);
    }

    private synchronized Map<Long, ResumableStream> all() {
        return Map.copyOf(streams);
    }

    private synchronized Optional<ResumableStream> stream(EventId id) {
        return id.stream() == OWN ? Optional.of(own) : Optional.ofNullable(streams.get(id.stream()));
    }

    /** The answers of long ago are given up when there are too many; those that are not complete are kept. */
    private void forgetOld() {
        long bytes = streams.values().stream().mapToLong(ResumableStream::bytes).sum();
        Iterator<ResumableStream> oldest = streams.values().iterator();
        while ((streams.size() > MAX_STREAMS || bytes > MAX_BYTES) && oldest.hasNext()) {
            ResumableStream stream = oldest.next();
            if (stream.isFinished()) {
                bytes -= stream.bytes();
                oldest.remove();
            }
        }
    }

    private boolean primes() {
        return version().atLeast(ProtocolVersion.V2025_11_25);
    }
}

package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.mcp.HttpReply;
import symbolai.mcp.server.mcp.RequestHead;

/** HTTP+SSE of 2024-11-05: a stream for one direction, POSTs for the other. Its futures fail with a {@link Refusal} while nothing was answered. */
final class SseFront {

    /** How long a stream is kept whose client does not begin. */
    static final Duration PROBE = Duration.ofSeconds(15);

    private final Peers peers;
    private final Nonces nonces;
    private final WrongIds wrongIds;
    private final Clock clock;
    private final int limitForCaller;
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();

    private record Session(SseConnection connection, Peer peer) {}

    /**
     * No streams.
     *
     * @param limitForCaller how many streams one caller may have open
     */
    SseFront(Peers peers, Nonces nonces, WrongIds wrongIds, Clock clock, int limitForCaller) {
        this.peers = peers;
        this.nonces = nonces;
        this.wrongIds = wrongIds;
        this.clock = clock;
        this.limitForCaller = limitForCaller;
    }

    /** Opens a stream, and says at once where messages go. */
    Future<Void> get(RequestHead head, HttpReply reply) {
        if (open(head.caller().id()) >= limitForCaller
                && !makeRoom(head.caller().id())) {
            return Future.failedFuture(
                    Refusal.tooMany("a caller may have " + limitForCaller + " streams open; close one first"));
        }
        SseConnection connection =
                new SseConnection(nonces.secret(), head.caller(), reply.events(Map.of()), clock.millis());
        Session session = new Session(connection, peers.connect("mcp", connection));
        sessions.put(connection.id(), session);
        connection.welcome(head.path());
        connection.stream().onEnd(() -> forget(session));
        return Future.succeededFuture();
    }

    /** Takes messages; what there is to answer goes to the stream. */
    Future<Void> post(String sessionId, RequestHead head, JsonRpcInput input, HttpReply reply) {
        Optional<Session> session = Optional.ofNullable(sessions.get(sessionId))
                .filter(found ->
                        found.connection().caller().equals(head.caller().id()))
                .filter(found -> found.connection().credential().equals(SessionIds.binding(head.caller())));
        if (session.isEmpty()) {
            return Future.failedFuture(wrongIds.refusal(head.caller(), sessions.containsKey(sessionId)));
        }
        if (input instanceof JsonRpcInput.Batch && !session.get().peer().takesBatches()) {
            return Future.failedFuture(Refusal.invalid("a batch is allowed in version 2025-03-26 only"));
        }
        reply.empty(202, Map.of());
        session.get().peer().take(input, head.caller());
        return Future.succeededFuture();
    }

    /** Ends the streams whose clients only looked whether somebody is there. */
    void tick() {
        long late = clock.millis() - PROBE.toMillis();
        sessions.values().stream()
                .filter(session -> session.connection().opened() < late)
                .filter(session -> !session.peer().isInitialized())
                .forEach(session -> session.connection().stream().end());
    }

    /** Ends all streams. */
    void close() {
        List.copyOf(sessions.values())
                .forEach(session -> session.connection().stream().end());
    }

    int open() {
        return sessions.size();
    }

    private long open(String caller) {
        return sessions.values().stream()
                .filter(session -> session.connection().caller().equals(caller))
                .count();
    }

    /** Ends a stream of the caller's whose client has not begun. */
    private boolean makeRoom(String caller) {
        Optional<Session> idle = sessions.values().stream()
                .filter(session -> session.connection().caller().equals(caller))
                .filter(session -> !session.peer().isInitialized())
                .findFirst();
        idle.ifPresent(session -> session.connection().stream().end());
        return idle.isPresent();
    }

    private void forget(Session session) {
        sessions.remove(session.connection().id(), session);
        peers.disconnect(session.peer());
    }
}

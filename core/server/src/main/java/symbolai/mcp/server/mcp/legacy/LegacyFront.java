package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.crypto.Signer;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.jsonrpc.JsonRpcError;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.jsonrpc.JsonRpcInput;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.mcp.HttpFront;
import symbolai.mcp.server.mcp.HttpReply;
import symbolai.mcp.server.mcp.McpMethods;
import symbolai.mcp.server.mcp.RequestHead;
import symbolai.mcp.server.mcp.ServerProfile;
import symbolai.mcp.server.store.SessionStore;
import symbolai.mcp.server.tools.Catalogs;
import symbolai.mcp.server.tools.Registration;

/** The one door to the eras that begin with initialize. */
public final class LegacyFront implements HttpFront {

    private static final Logger LOG = LoggerFactory.getLogger(LegacyFront.class);
    private static final Duration TICK = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final int LOOKS = 100;
    private static final int MAX_SESSIONS_IN_MEMORY = 20_000;
    private static final int MAX_STREAMS_OF_A_CALLER = 64;

    private final Vertx vertx;
    private final JsonRpcCodec codec;
    private final Announcements announcements;
    private final WrongIds wrongIds;
    private final StreamableSessions sessions;
    private final StreamableFront streamable;
    private final Peers peers;
    private final SseFront sse;
    private final SessionStore store;
    private final Clock clock;
    private final boolean hasSse;
    private List<Registration> registrations = List.of();
    private OptionalLong timer = OptionalLong.empty();
    private Instant swept = Instant.MIN;

    /**
     * The eras over the methods.
     *
     * @param signer signs session ids
     * @param hasSse whether a bare GET opens a stream of 2024-11-05
     */
    public LegacyFront(
            Vertx vertx,
            McpMethods mcpMethods,
            ServerProfile server,
            Catalogs catalogs,
            SessionStore store,
            Signer signer,
            Clock clock,
            boolean hasSse) {
        SecureRandom random = new SecureRandom();
        Nonces nonces = new Nonces(random);
        Handshake handshake = new Handshake(server);
        this.vertx = vertx;
        this.codec = new JsonRpcCodec();
        this.store = store;
        this.clock = clock;
        this.hasSse = hasSse;
        this.wrongIds = new WrongIds(clock);
        LegacyMethods methods = new LegacyMethods(mcpMethods, codec);
        this.announcements = new Announcements(catalogs, mcpMethods::hears, codec);
        this.sessions = new StreamableSessions(
                vertx,
                new SessionIds(signer, clock, random),
                wrongIds,
                store,
                announcements,
                codec,
                nonces,
                clock,
                MAX_SESSIONS_IN_MEMORY);
        this.streamable = new StreamableFront(sessions, handshake, methods, codec);
        this.peers = new Peers(vertx, handshake, methods, announcements, codec, nonces);
        this.sse = new SseFront(peers, nonces, wrongIds, clock, MAX_STREAMS_OF_A_CALLER);
    }

    /** Is told from now on of callers who show the session of another. */
    public void onForeign(Consumer<Caller> told) {
        wrongIds.onForeign(told);
    }

    /** Begins to listen to changes and to look after sessions. */
    public Future<Void> start() {
        registrations = announcements.start();
        timer = OptionalLong.of(vertx.setPeriodic(TICK.toMillis(), now -> tick()));
        return sweep();
    }

    /** Lets the answers of calls that have ended leave, then ends all streams; sessions of 2025 go on at the next start. */
    public Future<Void> close() {
        timer.ifPresent(vertx::cancelTimer);
        registrations.forEach(Registration::close);
        return answered(LOOKS).onSuccess(answered -> endStreams());
    }

    private Future<Void> answered(int looks) {
        return vertx.timer(LOOK.toMillis(), TimeUnit.MILLISECONDS)
                .compose(later -> looks > 0 && sessions.isAnswering() ? answered(looks - 1) : Future.succeededFuture());
    }

    private void endStreams() {
        sse.close();
        sessions.close();
    }

    /** A client at the other end of one connection that carries messages both ways, such as standard input and output. */
    public Peer connect(String door, Outlet outlet) {
        return peers.connect(door, outlet);
    }

    /** Such a client is gone. */
    public void disconnect(Peer peer) {
        peers.disconnect(peer);
    }

    @Override
    public void post(RequestHead head, JsonRpcInput input, HttpReply reply) {
        Future<Void> taken = head.sessionId()
                .map(id -> sse.post(id, head, input, reply))
                .orElseGet(() -> streamable.post(head, input, reply));
        taken.onFailure(problem -> refuse(problem, id(input), reply));
    }

    @Override
    public void get(RequestHead head, HttpReply reply) {
        open(head, reply).onFailure(problem -> refuse(problem, Optional.empty(), reply));
    }

    @Override
    public void delete(RequestHead head, HttpReply reply) {
        streamable.delete(head, reply).onFailure(problem -> refuse(problem, Optional.empty(), reply));
    }

    private Future<Void> open(RequestHead head, HttpReply reply) {
        if (head.header(StreamableFront.SESSION).isPresent()) {
            return streamable.get(head, reply);
        }
        if (!hasSse || !head.acceptsEvents()) {
            return Future.failedFuture(Refusal.noStream("a GET opens a stream of a session; begin with a POST"));
        }
        return sse.get(head, reply);
    }

    private void refuse(Throwable problem, Optional<Object> id, HttpReply reply) {
        if (problem instanceof Refusal refusal) {
            reply.json(refusal.status(), refusal.headers(), error(refusal.problem(), id));
            return;
        }
        LOG.atError().setCause(problem).log("session failed");
        reply.json(500, error(new JsonRpcException(JsonRpcError.INTERNAL_ERROR, "internal error"), id));
    }

    private Buffer error(JsonRpcException problem, Optional<Object> id) {
        return codec.error(id.map(problem::withId).orElse(problem));
    }

    private static Optional<Object> id(JsonRpcInput input) {
        return input instanceof JsonRpcInput.Single single && single.message() instanceof JsonRpcMessage.Request request
                ? Optional.of(request.id())
                : Optional.empty();
    }

    /** Does what is due. */
    void tick() {
        sessions.tick();
        sse.tick();
        if (clock.instant().isAfter(swept.plus(SWEEP))) {
            sweep().onFailure(failure ->
                    LOG.atWarn().setCause(failure).log("expired sessions not removed, trying again in an hour"));
        }
    }

    private Future<Void> sweep() {
        swept = clock.instant();
        return store.removeExpired(swept).mapEmpty();
    }

    /** How many sessions and streams are in memory. */
    int inMemory() {
        return sessions.inMemory() + sse.open();
    }
}

package symbolai.mcp.server.mcp.legacy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.store.SessionRow;
import symbolai.mcp.server.store.SessionStore;

/** The sessions of 2025: found by their ids, in memory only while they are used. */
final class StreamableSessions {

    static final Duration IDLE = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** How long nobody looks for room again after a look at all sessions that found none. */
    private static final Duration FULL = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final SessionIds ids;
    private final WrongIds wrongIds;
    private final SessionStore store;
    private final Announcements announcements;
    private final JsonRpcCodec codec;
    private final Nonces nonces;
    private final Clock clock;
    private final int limit;
    private final SessionsInUse sessions = new SessionsInUse();
    /** Until when it is known that every session in memory is needed. */
    private volatile long fullUntil;

    /**
     * No sessions in memory.
     *
     * @param limit how many may be in memory
     */
    StreamableSessions(
            Vertx vertx,
            SessionIds ids,
            WrongIds wrongIds,
            SessionStore store,
            Announcements announcements,
            JsonRpcCodec codec,
            Nonces nonces,
            Clock clock,
            int limit) {
        this.vertx = vertx;
        this.ids = ids;
        this.wrongIds = wrongIds;
        this.store = store;
        this.announcements = announcements;
        this.codec = codec;
        this.nonces = nonces;
        this.clock = clock;
        this.limit = limit;
    }

    /** The id of a new session, which takes no memory until it is used. */
    String mint(LegacyClient client, Caller caller) {
        return ids.mint(client, caller);
    }

    /** The session with this id. Fails with a {@link Refusal} when there is none for this caller. */
    Future<StreamableSession> find(String sessionId, Caller caller) {
        Optional<SessionClaims> claims = ids.read(sessionId, caller);
        if (claims.isEmpty()) {
            return Future.failedFuture(wrongIds.refusal(caller, ids.isAnothers(sessionId, caller)));
        }
        return sessions.use(claims.get().id(), clock.millis())
                .map(Future::succeededFuture)
                .orElseGet(() -> store.get(claims.get().id()).compose(row -> load(claims.get(), row)))
                .onSuccess(session -> session.conversation().cameFrom(caller));
    }

    /** Ends a session for good. */
    Future<Void> end(StreamableSession session) {
        SessionClaims claims = session.claims();
        SessionRow row = new SessionRow(claims.id(), true, "", List.of(), expires(claims));
        return store.put(row).onSuccess(stored -> forget(session));
    }

    /** Forgets who is idle. */
    void tick() {
        long longAgo = clock.millis() - IDLE.toMillis();
        sessions.all().stream()
                .filter(session -> session.used() < longAgo && !session.isActive())
                .forEach(this::forget);
    }

    /** Ends what is in memory; the sessions themselves go on. */
    void close() {
        sessions.all().forEach(this::forget);
    }

    /** Whether a request is not answered yet. */
    boolean isAnswering() {
        return sessions.all().stream()
                .anyMatch(session -> !session.conversation().calls().isEmpty());
    }

    int inMemory() {
        return sessions.size();
    }

    private Future<StreamableSession> load(SessionClaims claims, Optional<SessionRow> row) {
        if (row.isPresent() && row.get().ended()) {
            return Future.failedFuture(Refusal.noSession());
        }
        if (sessions.size() >= limit && !makeRoom()) {
            return Future.failedFuture(Refusal.full());
        }
        StreamableSession session = sessions.use(claims.id(), clock.millis(), () -> session(claims, row));
        announcements.add(session);
        return Future.succeededFuture(session);
    }

    private StreamableSession session(SessionClaims claims, Optional<SessionRow> row) {
        String nonce = nonces.next();
        Conversation conversation = new Conversation(
                claims.client(),
                "mcp",
                new OpenQuestions(vertx, codec, PATIENCE, nonce + "-"),
                row.map(StreamableSessions::settings).orElse(Settings.NONE),
                settings -> store.put(row(claims, settings)));
        return new StreamableSession(claims, conversation, nonce);
    }

    private boolean makeRoom() {
        if (clock.millis() < fullUntil) {
            return false;
        }
        Optional<StreamableSession> leastUsed = sessions.leastUsed();
        leastUsed.ifPresentOrElse(this::forget, () -> fullUntil = clock.millis() + FULL.toMillis());
        return leastUsed.isPresent();
    }

    private void forget(StreamableSession session) {
        sessions.remove(session);
        announcements.remove(session);
        session.end();
    }

    private static Settings settings(SessionRow row) {
        return new Settings(Settings.level(row.logLevel()), new LinkedHashSet<>(row.subscriptions()));
    }

    private static SessionRow row(SessionClaims claims, Settings settings) {
        String level = settings.logLevel().map(CallLog.Level::name).orElse("").toLowerCase(Locale.ROOT);
        return new SessionRow(claims.id(), false, level, List.copyOf(settings.subscriptions()), expires(claims));
    }

    private static long expires(SessionClaims claims) {
        return claims.expires().toEpochMilli();
    }
}

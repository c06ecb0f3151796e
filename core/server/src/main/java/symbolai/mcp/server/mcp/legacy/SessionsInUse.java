package symbolai.mcp.server.mcp.legacy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The sessions in memory, in the order of their last use. Safe for any thread. */
final class SessionsInUse {

    private static final float USUAL_LOAD = 0.75f;

    private final Map<String, StreamableSession> sessions = new LinkedHashMap<>(16, USUAL_LOAD, true);

    /** The session of this id, which is used now. */
    synchronized Optional<StreamableSession> use(String id, long now) {
        var known = Optional.ofNullable(sessions.get(id));
        known.ifPresent(session -> session.use(now));
        return known;
    }

    /** The same; made when there is none. */
    synchronized StreamableSession use(String id, long now, Supplier<StreamableSession> fresh) {
        var session = sessions.computeIfAbsent(id, missing -> fresh.get());
        session.use(now);
        return session;
    }

    synchronized void remove(StreamableSession session) {
        sessions.remove(session.claims().id(), session);
    }

    /**
     * The one whose last use is the longest ago, of those at which nobody waits or listens. The others that come before are put at the end, so
     * that they are not looked at again soon.
     */
    synchronized Optional<StreamableSession> leastUsed() {
        var active = new ArrayList<String>();
        for (var entry : sessions.entrySet()) {
            if (!entry.getValue().isActive()) {
                active.forEach(sessions::get);
                return Optional.of(entry.getValue());
            }
            active.add(entry.getKey());
        }
        return Optional.empty();
    }

    synchronized List<StreamableSession> all() {
        return List.copyOf(sessions.values());
    }

    synchronized int size() {
        return sessions.size();
    }
}

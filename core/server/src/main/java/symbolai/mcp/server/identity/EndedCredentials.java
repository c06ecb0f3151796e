package symbolai.mcp.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The grants and sign-ins that ended a while ago, for as long as a call or task that was let in with them can still wait. Safe for any thread. */
final class EndedCredentials {

    /** A task ends after an hour, and a call sooner. */
    private static final Duration KEPT = Duration.ofHours(2);

    private static final int MOST = 100_000;

    private final Clock clock;
    private final Map<String, Long> ended = new LinkedHashMap<>();

    EndedCredentials(Clock clock) {
        this.clock = clock;
    }

    synchronized void add(String id) {
        var now = clock.millis();
        ended.remove(id);
        ended.values().removeIf(at -> at <= now - KEPT.toMillis());
        if (ended.size() >= MOST) {
            ended.remove(ended.keySet().iterator().next());
        }
        ended.put(id, now);
    }

    synchronized boolean contains(String id) {
        return ended.containsKey(id);
    }
}

package symbolai.mcp.server.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import symbolai.mcp.api.Caller;

/** Knows how far those who follow the log have come, so that only the beginning of each following is recorded. Safe for any thread. */
final class Follows {
    private static final int MOST = 1_000;
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Clock clock;
    private final Map<Place, Instant> reached = new LinkedHashMap<>();

    /** How far somebody has come. */
    private record Place(String caller, long sequence) {}

    Follows(Clock clock) {
        this.clock = clock;
    }

    /** Whether the caller was handed the log up to this record a moment ago. */
    synchronized boolean goesOn(Caller caller, long sequence) {
        var at = reached.get(new Place(caller.id(), sequence));
        return at != null && at.plus(PAUSE).isAfter(clock.instant());
    }

    /** The caller was handed the log up to this record; 0 for none. */
    synchronized void reached(Caller caller, long sequence) {
        if (sequence == 0) {
            return;
        }
        var place = new Place(caller.id(), sequence);
        reached.remove(place);
        reached.put(place, clock.instant());
        if (reached.size() > MOST) {
            reached.remove(reached.keySet().iterator().next());
        }
    }
}

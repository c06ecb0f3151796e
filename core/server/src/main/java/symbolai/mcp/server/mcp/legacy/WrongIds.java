package symbolai.mcp.server.mcp.legacy;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import symbolai.mcp.api.Caller;

/** Counts the session ids that callers showed and that are not theirs: who shows many is told to wait. Safe for any thread. */
final class WrongIds {

    /** How many each may show in a minute. Clients begin anew after one. */
    static final int MOST = 60;

    static final Duration WINDOW = Duration.ofMinutes(1);
    static final int MOST_REMEMBERED = 10_000;
    private static final By OTHERS = new By("", "");

    private final Clock clock;
    private final Map<By, Integer> seen = new HashMap<>();
    private volatile Consumer<Caller> foreign = nobody -> {};
    private long began;

    /** Who is counted together. */
    private record By(String caller, String address) {}

    WrongIds(Clock clock) {
        this.clock = clock;
    }

    /** Is told from now on of callers who show the session of another. */
    void onForeign(Consumer<Caller> told) {
        foreign = told;
    }

    /**
     * Counts one, and says what it is answered with.
     *
     * @param isAnothers whether the session is there, and somebody else's
     */
    Refusal refusal(Caller caller, boolean isAnothers) {
        if (isAnothers) {
            foreign.accept(caller);
        }
        return refusal(caller);
    }

    private synchronized Refusal refusal(Caller caller) {
        var now = clock.millis();
        if (now - began >= WINDOW.toMillis() || now < began) {
            began = now;
            seen.clear();
        }
        var known = new By(caller.id(), caller.address());
        var by = seen.containsKey(known) || seen.size() < MOST_REMEMBERED ? known : OTHERS;
        return seen.merge(by, 1, Integer::sum) <= MOST ? Refusal.noSession() : Refusal.wrongIds(left(now));
    }

    /** How many callers are counted now. */
    synchronized int remembered() {
        return seen.size();
    }

    private long left(long now) {
        return Math.max(1, Duration.ofMillis(began + WINDOW.toMillis() - now).toSeconds());
    }
}

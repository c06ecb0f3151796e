package symbolai.mcp.server.identity.oauth;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How often something may be done in a while, by each of many and by all together. */
final class Allowance {

    private static final int MOST_KEYS = 10_000;

    private final int each;
    private final int all;
    private final long window;
    private final Clock clock;
    private final Map<String, Integer> taken = new HashMap<>();
    private long began;
    private int total;

    Allowance(int each, int all, Duration window, Clock clock) {
        this.each = each;
        this.all = all;
        this.window = window.toMillis();
        this.clock = clock;
    }

    /** Takes one; false when there is none left. */
    synchronized boolean take(String key) {
        var now = clock.millis();
        if (now - began >= window || now < began) {
            began = now;
            total = 0;
            taken.clear();
        }
        var before = taken.getOrDefault(key, 0);
        if (before >= each || total >= all || (before == 0 && taken.size() >= MOST_KEYS)) {
            return false;
        }
        taken.put(key, before + 1);
        total++;
        return true;
    }

    /** Gives one back that should not have counted; what was taken in an earlier while is over. */
    synchronized void giveBack(String key) {
        if (taken.getOrDefault(key, 0) > 0) {
            taken.merge(key, -1, Integer::sum);
            total--;
        }
    }
}

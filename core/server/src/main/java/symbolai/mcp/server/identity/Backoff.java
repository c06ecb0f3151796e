package symbolai.mcp.server.identity;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Makes those wait who fail again and again: a few tries are free, then each failure doubles the pause. A try counts as a failure until it
 * is known to be none, so many at once gain nothing. Remembers a bounded number of names, and forgets the one that was not heard of for the longest time.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int MOST_DOUBLINGS = 20;

    private final int free;
    private final int most;
    private final Clock clock;
    private final Map<String, Failures> known = new LinkedHashMap<>(16, 0.75f, true);

    /**
     * @param free how many failures have no consequence
     * @param most how many names are remembered
     */
    Backoff(int free, int most, Clock clock) {
        this.free = free;
        this.most = most;
        this.clock = clock;
    }

    /** Lets a try begin, which counts as a failure until {@link #forget} or {@link #takeBack}; or says how long to wait first. */
    synchronized Optional<Duration> begin(String name) {
        var now = clock.millis();
        var failures = known.get(name);
        if (failures != null && failures.until() > now) {
            return Optional.of(Duration.ofMillis(failures.until() - now));
        }
        var count = failures == null || isOld(failures, now) ? 1 : failures.count() + 1;
        known.put(name, new Failures(count, now + pause(count).toMillis(), now));
        if (known.size() > most) {
            known.remove(known.keySet().iterator().next());
        }
        return Optional.empty();
    }

    /** All failures were those of somebody who has now shown who they are. */
    synchronized void forget(String name) {
        known.remove(name);
    }

    /** The last try was no failure; those before it stay. */
    synchronized void takeBack(String name) {
        var failures = known.get(name);
        if (failures != null) {
            known.put(name, new Failures(Math.max(0, failures.count() - 1), 0, failures.last()));
        }
    }

    /** How many names are remembered. */
    synchronized int size() {
        return known.size();
    }

    private static boolean isOld(Failures failures, long now) {
        return now - failures.last() > 2 * LONGEST.toMillis();
    }

    private Duration pause(int count) {
        if (count < free) {
            return Duration.ZERO;
        }
        var doubled = FIRST.multipliedBy(1L << Math.min(MOST_DOUBLINGS, count - free));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /** How often it failed in a row, until when to wait, and when it was tried last. */
    private record Failures(int count, long until, long last) {}
}

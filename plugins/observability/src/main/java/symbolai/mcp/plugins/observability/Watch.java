package symbolai.mcp.plugins.observability;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * How far events were watched; kept between the rounds.
 *
 * @param seen the ids of the events that were told last; older ones do not come again
 */
record Watch(Instant since, Instant until, List<String> seen, int count, int rounds) {

    /** Events of different places arrive out of order. */
    private static final Duration LATE = Duration.ofSeconds(15);

    private static final int MOST_SEEN = 1_000;

    Watch {
        seen = List.copyOf(seen);
    }

    static Watch begin(Instant now, Duration time) {
        return new Watch(now, now.plus(time), List.of(), 0, 0);
    }

    /** What the state of the call holds; nothing, when it is empty. */
    static Optional<Watch> from(JsonObject state) {
        return state.isEmpty()
                ? Optional.empty()
                : Optional.of(new Watch(
                        state.getInstant("since"),
                        state.getInstant("until"),
                        state.getJsonArray("seen").stream()
                                .map(String.class::cast)
                                .toList(),
                        state.getInteger("count"),
                        state.getInteger("rounds")));
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("since", since.toString())
                .put("until", until.toString())
                .put("seen", new JsonArray(seen))
                .put("count", count)
                .put("rounds", rounds);
    }

    /** The time in which new events can be: the last seconds, but nothing from before the beginning. */
    TimeRange unseen(Instant now) {
        var from = now.minus(LATE);
        return new TimeRange(from.isBefore(since) ? since : from, now);
    }

    /** All of the time. */
    TimeRange whole() {
        return new TimeRange(since, until);
    }

    /** Those that were not told yet, oldest first. */
    List<Event> fresh(List<Event> newestFirst) {
        var known = new HashSet<>(seen);
        var fresh = new ArrayList<>(newestFirst.stream()
                .filter(event -> !known.contains(event.id()))
                .toList());
        Collections.reverse(fresh);
        return fresh;
    }

    /** The same after these were told. */
    Watch after(List<Event> fresh) {
        var ids = new ArrayList<>(seen);
        fresh.stream().map(Event::id).forEach(ids::add);
        return new Watch(
                since,
                until,
                ids.subList(Math.max(0, ids.size() - MOST_SEEN), ids.size()),
                count + fresh.size(),
                rounds + 1);
    }
}

package symbolai.mcp.plugins.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;

/** Watches events as they come, round by round, until the time is over; the end looks once more at the whole time. */
final class TailEvents {

    private static final int USUAL_SECONDS = 30;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);
    private static final int MOST_A_ROUND = 100;
    private static final int MOST_SHOWN = 40;

    private final Fence fence;
    private final Clock clock;

    TailEvents(Fence fence, Clock clock) {
        this.fence = fence;
        this.clock = clock;
    }

    Future<ToolOutcome> call(ToolCall call) {
        if (call.cancellation().isCancelled()) {
            return Future.succeededFuture(ToolResult.error("stopped watching"));
        }
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        var seconds = call.arguments().getInteger("seconds", USUAL_SECONDS);
        var watch = Watch.from(call.state()).orElseGet(() -> Watch.begin(now, Duration.ofSeconds(seconds)));
        var filter = EventFilter.of(call.arguments());
        return round(call, watch, filter, now)
                .compose(after -> now.isBefore(watch.until())
                        ? Future.succeededFuture(goOn(after, now))
                        : end(call, after, filter));
    }

    private static Future<Watch> round(ToolCall call, Watch watch, EventFilter filter, Instant now) {
        var range = watch.unseen(now);
        return range.from().isBefore(range.to())
                ? new ObservabilityClient(call)
                        .events(range, filter, MOST_A_ROUND, Optional.empty())
                        .map(page -> told(call, watch, page))
                : Future.succeededFuture(watch);
    }

    /** Events come newest first, and are told oldest first. */
    private static Watch told(ToolCall call, Watch watch, EventPage page) {
        var fresh = watch.fresh(page.events());
        if (!fresh.isEmpty()) {
            call.log().log(CallLog.Level.INFO, fresh.stream().map(Event::line).collect(Collectors.joining("\n")));
        }
        var after = watch.after(fresh);
        call.progress().report(after.rounds(), OptionalDouble.empty(), after.count() + " events");
        return after;
    }

    private static ToolOutcome goOn(Watch watch, Instant now) {
        var left = Duration.between(now, watch.until());
        var pause = left.compareTo(PAUSE) < 0 ? left : PAUSE;
        return new Working(
                watch.toJson(),
                pause.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : pause,
                watch.count() + " events so far");
    }

    private Future<ToolOutcome> end(ToolCall call, Watch watch, EventFilter filter) {
        return new ObservabilityClient(call)
                .events(watch.whole(), filter, MOST_SHOWN, Optional.empty())
                .map(page -> result(watch, page));
    }

    private ToolOutcome result(Watch watch, EventPage page) {
        List<JsonObject> events = page.events().stream().map(Event::shown).toList();
        int count = Math.max(watch.count(), events.size());
        var json = watch.whole()
                .toJson()
                .put("events", new JsonArray(events))
                .put("count", count)
                .put("truncated", count > events.size());
        return ToolResult.json(json, fence.around(json.encode()));
    }
}

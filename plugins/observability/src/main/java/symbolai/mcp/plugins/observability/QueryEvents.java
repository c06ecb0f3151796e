package symbolai.mcp.plugins.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Fence;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolResult;

/** Finds events: as many as were asked for, or as fit. */
final class QueryEvents {

    private static final int USUAL = 50;
    private static final int AT_ONCE = 20;
    private static final int ENOUGH_CHARACTERS = 60_000;

    private final Fence fence;
    private final Clock clock;

    QueryEvents(Fence fence, Clock clock) {
        this.fence = fence;
        this.clock = clock;
    }

    Future<ToolResult> call(ToolCall call) {
        var range = TimeRange.of(call.arguments(), clock.instant());
        var search = new Search(
                new ObservabilityClient(call),
                range,
                EventFilter.of(call.arguments()),
                call.arguments().getInteger("limit", USUAL));
        return search.from(Optional.ofNullable(call.arguments().getString("offset")), new ArrayList<>(), 0)
                .map(found -> result(range, found))
                .map(json -> ToolResult.json(json, fence.around(json.encode())));
    }

    private static JsonObject result(TimeRange range, Found found) {
        var json = range.toJson()
                .put("events", new JsonArray(found.events()))
                .put("count", found.events().size())
                .put("truncated", found.truncated());
        found.offset().ifPresent(offset -> json.put("offset", offset));
        return json;
    }

    /** Events to show, whether fewer than asked for because more did not fit, and where to go on. */
    private record Found(List<JsonObject> events, boolean truncated, Optional<String> offset) {}

    /** One search, some events after the other, so that what does not fit is not skipped. */
    private record Search(ObservabilityClient client, TimeRange range, EventFilter filter, int limit) {

        Future<Found> from(Optional<String> offset, List<JsonObject> events, int characters) {
            return client.events(range, filter, Math.min(AT_ONCE, limit - events.size()), offset)
                    .compose(page -> took(page, offset, events, characters));
        }

        private Future<Found> took(EventPage page, Optional<String> offset, List<JsonObject> events, int characters) {
            var shown = page.events().stream().map(Event::shown).toList();
            events.addAll(shown);
            int all = characters
                    + shown.stream().mapToInt(event -> event.encode().length()).sum();
            boolean more = page.offset().isPresent() && !page.offset().equals(offset) && !shown.isEmpty();
            if (!more || events.size() >= limit) {
                return Future.succeededFuture(new Found(events, false, more ? page.offset() : Optional.empty()));
            }
            return all > ENOUGH_CHARACTERS
                    ? Future.succeededFuture(new Found(events, true, page.offset()))
                    : from(page.offset(), events, all);
        }
    }
}

package symbolai.mcp.plugins.observability;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Some events, and where to go on: there may be more. */
record EventPage(List<Event> events, Optional<String> offset) {

    EventPage {
        events = List.copyOf(events);
    }

    static EventPage from(JsonObject json) {
        var events = json.getJsonArray("events").stream()
                .map(JsonObject.class::cast)
                .map(Event::new)
                .toList();
        return new EventPage(events, Optional.ofNullable(json.getString("offset")));
    }
}

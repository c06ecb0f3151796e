package symbolai.mcp.plugins.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.api.Call;

/** The operations of Observability as methods, on the connection and within the deadline of one call. */
final class ObservabilityClient {

    private final Call call;

    ObservabilityClient(Call call) {
        this.call = call;
    }

    /** Events, newest first. */
    Future<EventPage> events(TimeRange range, EventFilter filter, int limit, Optional<String> offset) {
        var arguments = filter.into(range.toJson()).put("limit", limit);
        offset.ifPresent(from -> arguments.put("offset", from));
        return call.read("observability.events", arguments).map(EventPage::from);
    }

    Future<JsonArray> calculate(JsonObject arguments) {
        return call.read("observability.calculate", arguments).map(json -> json.getJsonArray("groups"));
    }

    Future<JsonArray> keys(JsonObject arguments) {
        return call.read("observability.keys", arguments).map(json -> json.getJsonArray("keys"));
    }

    Future<JsonArray> values(JsonObject arguments) {
        return call.read("observability.values", arguments).map(json -> json.getJsonArray("values"));
    }
}

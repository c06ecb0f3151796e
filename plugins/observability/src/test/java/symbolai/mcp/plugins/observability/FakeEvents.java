package symbolai.mcp.plugins.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** Events in memory, and the clock by which they come. */
final class FakeEvents extends Clock implements Connection {

    private final List<JsonObject> events = new ArrayList<>();
    private final List<JsonObject> asked = new ArrayList<>();
    private final Map<String, UnaryOperator<JsonObject>> operations = Map.of(
            "observability.events", this::events,
            "observability.calculate", this::calculate,
            "observability.keys", this::keys,
            "observability.values", this::values);
    private Instant now = Instant.parse("2026-06-15T12:00:00Z");

    /** The arguments of each operation. */
    List<JsonObject> asked() {
        return asked;
    }

    /** Lets time pass. */
    void pass(long seconds) {
        now = now.plusSeconds(seconds);
    }

    /** Something happens now. */
    JsonObject happen(String message) {
        var event = new JsonObject()
                .put("id", "e" + events.size())
                .put("at", now.toString())
                .put("worker", "shop")
                .put("level", "info")
                .put("message", message);
        events.add(event);
        return event;
    }

    @Override
    public Set<String> operations() {
        return operations.keySet();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        asked.add(operation.arguments());
        return Future.succeededFuture(operations
                        .get(operation.name())
                        .apply(operation.arguments())
                        .copy())
                .map(Reply::new);
    }

    @Override
    public void close() {
        events.clear();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return now;
    }

    private JsonObject events(JsonObject arguments) {
        int offset = Integer.parseInt(arguments.getString("offset", "0"));
        int limit = arguments.getInteger("limit");
        var matching = events.stream()
                .filter(event -> !event.getInstant("at").isBefore(arguments.getInstant("from")))
                .filter(event -> !event.getInstant("at").isAfter(arguments.getInstant("to")))
                .filter(event -> event.getString("message").contains(arguments.getString("needle", "")))
                .sorted(Comparator.comparing((JsonObject event) -> event.getInstant("at"))
                        .reversed())
                .toList();
        var some = matching.stream().skip(offset).limit(limit).toList();
        var json = new JsonObject().put("events", new JsonArray(some));
        return offset + limit < matching.size() ? json.put("offset", Integer.toString(offset + limit)) : json;
    }

    private JsonObject calculate(JsonObject arguments) {
        return new JsonObject()
                .put(
                        "groups",
                        JsonArray.of(new JsonObject()
                                .put("value", 1.5)
                                .put("count", events.size())
                                .put("group", "g")));
    }

    private JsonObject keys(JsonObject arguments) {
        return new JsonObject()
                .put(
                        "keys",
                        JsonArray.of(
                                new JsonObject().put("key", "$metadata.service").put("type", "string")));
    }

    private JsonObject values(JsonObject arguments) {
        return new JsonObject().put("values", JsonArray.of("x".repeat(2_000), 1, true));
    }
}

package symbolai.mcp.server.rest.v4;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Gives events and numbers over them Cloudflare's form. */
final class TelemetryEvents {

    private static final String DATASET = "cloudflare-workers";

    private TelemetryEvents() {}

    static JsonObject event(JsonObject event) {
        var metadata = new JsonObject().put("id", event.getString("id"));
        copy(event, "worker", metadata, "service");
        copy(event, "level", metadata, "level");
        copy(event, "message", metadata, "message");
        copy(event, "requestId", metadata, "requestId");
        var workers = new JsonObject();
        copy(event, "worker", workers, "scriptName");
        copy(event, "outcome", workers, "outcome");
        copy(event, "requestId", workers, "requestId");
        copy(event, "durationMs", workers, "wallTimeMs");
        return new JsonObject()
                .put("$metadata", metadata)
                .put("$workers", workers)
                .put("dataset", DATASET)
                .put("source", event.getJsonObject("fields", new JsonObject()))
                .put("timestamp", Times.millis(event.getString("at")));
    }

    static JsonArray aggregates(JsonObject reply, Optional<String> key) {
        var aggregates = new JsonArray();
        for (var index = 0; index < reply.getJsonArray("groups").size(); index++) {
            var group = reply.getJsonArray("groups").getJsonObject(index);
            var aggregate = new JsonObject()
                    .put("value", group.getNumber("value"))
                    .put("count", group.getNumber("count"))
                    .put("interval", 0)
                    .put("sampleInterval", 1);
            if (key.isPresent() && group.containsKey("group")) {
                var named = new JsonObject().put("key", key.get()).put("value", group.getString("group"));
                aggregate.put("groups", new JsonArray().add(named));
            }
            aggregates.add(aggregate);
        }
        return aggregates;
    }

    static JsonArray values(JsonObject reply, String key, String type) {
        var values = new JsonArray();
        reply.getJsonArray("values")
                .forEach(value -> values.add(new JsonObject()
                        .put("key", key)
                        .put("type", type)
                        .put("value", value)
                        .put("dataset", DATASET)));
        return values;
    }

    private static void copy(JsonObject from, String name, JsonObject to, String newName) {
        Optional.ofNullable(from.getValue(name)).ifPresent(value -> to.put(newName, value));
    }
}

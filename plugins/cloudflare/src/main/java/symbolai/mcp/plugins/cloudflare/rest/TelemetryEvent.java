package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Reads what Cloudflare's telemetry says of one event. */
final class TelemetryEvent {

    private TelemetryEvent() {}

    static JsonObject read(Fields event) {
        var metadata = event.object("$metadata").orElseThrow(() -> new Malformed("an event has no metadata"));
        var workers = event.object("$workers");
        var millis = event.count("timestamp").orElseThrow(() -> new Malformed("an event has no timestamp"));
        return new Shape()
                .put("id", metadata.required("id"))
                .put("at", Instant.ofEpochMilli(millis).toString())
                .maybe("worker", text(workers, "scriptName").or(() -> metadata.filled("service")))
                .maybe("level", metadata.filled("level"))
                .maybe("message", message(event, metadata))
                .maybe("outcome", text(workers, "outcome"))
                .maybe("requestId", text(workers, "requestId").or(() -> metadata.filled("requestId")))
                .maybe("durationMs", duration(workers, metadata))
                .maybe("fields", event.object("source").map(Fields::json))
                .json();
    }

    private static Optional<String> message(Fields event, Fields metadata) {
        return metadata.filled("message").or(() -> metadata.filled("error")).or(() -> event.filled("source"));
    }

    private static Optional<Number> duration(Optional<Fields> workers, Fields metadata) {
        return workers.flatMap(found -> found.number("wallTimeMs")).or(() -> metadata.number("duration"));
    }

    private static Optional<String> text(Optional<Fields> object, String name) {
        return object.flatMap(found -> found.filled(name));
    }
}

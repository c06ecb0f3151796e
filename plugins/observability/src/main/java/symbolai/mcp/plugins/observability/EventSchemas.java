package symbolai.mcp.plugins.observability;

import static symbolai.mcp.api.Schemas.array;
import static symbolai.mcp.api.Schemas.bool;
import static symbolai.mcp.api.Schemas.integer;
import static symbolai.mcp.api.Schemas.number;
import static symbolai.mcp.api.Schemas.string;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Schemas;

/** The JSON Schemas of what the Observability tools take and give. */
final class EventSchemas {

    private static final int MOST_FILTERS = 19;

    private EventSchemas() {}

    static Schemas.ObjectSchema time(Schemas.ObjectSchema schema) {
        return schema.optional("from", time("From when: ISO 8601, or so long ago as -30m, -6h or -2d; else -1h."))
                .optional("to", time("Until when, in the same forms; else now."));
    }

    static Schemas.ObjectSchema search(Schemas.ObjectSchema schema) {
        return filtered(time(schema));
    }

    static Schemas.ObjectSchema filtered(Schemas.ObjectSchema schema) {
        return schema.optional("worker", string("Only events of this Worker.").put("pattern", "^[A-Za-z0-9_-]{1,63}$"))
                .optional("needle", needle("Only events whose text holds this."))
                .optional("filters", filters());
    }

    static JsonObject needle(String description) {
        return string(description).put("minLength", 1).put("maxLength", 1000);
    }

    static JsonObject key(String description) {
        return string(description).put("minLength", 1).put("maxLength", 500);
    }

    static JsonObject limit() {
        return integer("How many, else 100.").put("minimum", 1).put("maximum", 1000);
    }

    static JsonObject events() {
        var event = Schemas.object()
                .required("id", string("The id."))
                .required("at", string("When."))
                .optional("worker", string("The Worker."))
                .optional("level", string("The level of a log message."))
                .optional("message", string("What was logged."))
                .optional("outcome", string("How the invocation ended."))
                .optional("requestId", string("The invocation; events of one have the same."))
                .optional("durationMs", number("How long it took, in milliseconds."))
                .optional(
                        "fields",
                        new JsonObject()
                                .put("type", "object")
                                .put("description", "What else was logged, by key.")
                                .put("additionalProperties", true))
                .optional("cut", bool("Whether something of it was left out."))
                .build("An event.");
        return range().required("events", array("The events, newest first.", event))
                .required("count", integer("How many there were."))
                .required("truncated", bool("Whether not all of them are here because they do not fit."))
                .optional("offset", string("Where to go on, when there are more."))
                .build();
    }

    static JsonObject groups() {
        var group = Schemas.object()
                .required("value", number("The result."))
                .required("count", integer("Over how many events."))
                .optional("group", string("The value of groupBy."))
                .build("A result.");
        return range().required("groups", array("The results.", group))
                .required("count", integer("How many results."))
                .build();
    }

    static JsonObject keys() {
        var key = Schemas.object()
                .required("key", string("The key."))
                .required("type", string("string, number or boolean."))
                .optional("lastSeenAt", string("When an event had it last."))
                .build("A key.");
        return range().required("keys", array("The keys.", key))
                .required("count", integer("How many are here."))
                .build();
    }

    static JsonObject values() {
        var value = new JsonObject().put("type", new JsonArray(List.of("string", "number", "boolean")));
        return range().required("values", array("The values.", value))
                .required("count", integer("How many are here."))
                .build();
    }

    private static Schemas.ObjectSchema range() {
        return Schemas.object().required("from", string("From when.")).required("to", string("Until when."));
    }

    private static JsonObject time(String description) {
        return string(description).put("minLength", 1).put("maxLength", 40);
    }

    private static JsonObject filters() {
        var operations = new JsonArray(List.of(
                "eq",
                "neq",
                "gt",
                "gte",
                "lt",
                "lte",
                "includes",
                "notIncludes",
                "startsWith",
                "regex",
                "exists",
                "notExists"));
        var value = new JsonObject()
                .put("type", new JsonArray(List.of("string", "number", "boolean")))
                .put("description", "What to compare with; exists and notExists take none.");
        var filter = Schemas.object()
                .required("key", key("The key, such as $workers.outcome."))
                .required("operation", string("How to compare.").put("enum", operations))
                .optional("value", value)
                .build("A filter.");
        return array("All of these must hold.", filter).put("maxItems", MOST_FILTERS);
    }
}

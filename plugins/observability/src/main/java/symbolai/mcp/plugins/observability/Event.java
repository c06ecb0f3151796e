package symbolai.mcp.plugins.observability;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;

/** One event as the connection gave it. */
record Event(JsonObject json) {

    private static final int LONGEST_TEXT = 1_500;
    private static final int LONGEST_FIELDS = 2_000;
    private static final int LONGEST_LINE = 300;

    String id() {
        return json.getString("id");
    }

    String at() {
        return json.getString("at");
    }

    /** The event with nothing in it that is too long for a model; {@code cut} says so. */
    JsonObject shown() {
        var shown = new JsonObject();
        json.forEach(entry -> shown.put(entry.getKey(), cut(entry.getValue(), LONGEST_TEXT)));
        var fields = json.getJsonObject("fields", new JsonObject());
        if (!fields.isEmpty()) {
            shown.put("fields", fitting(fields));
        }
        return shown.encode().length() < json.encode().length() ? shown.put("cut", true) : shown;
    }

    /** One line for people who watch. */
    String line() {
        var line = at() + " " + json.getString("worker", "") + " "
                + json.getString("level", json.getString("outcome", "")) + " " + json.getString("message", "");
        var plain = line.replaceAll("\\p{Cntrl}+", " ").strip();
        return plain.length() <= LONGEST_LINE ? plain : plain.substring(0, LONGEST_LINE) + "…";
    }

    /** The fields that fit, each cut. */
    private static JsonObject fitting(JsonObject fields) {
        var fitting = new LinkedHashMap<String, Object>();
        int left = LONGEST_FIELDS;
        for (var field : fields) {
            var value = cut(field.getValue(), LONGEST_TEXT);
            left -= field.getKey().length() + JsonArray.of(value).encode().length();
            if (left >= 0) {
                fitting.put(field.getKey(), value);
            }
        }
        return new JsonObject(fitting);
    }

    private static Object cut(Object value, int longest) {
        return value instanceof String text && text.length() > longest ? text.substring(0, longest) + "…" : value;
    }
}

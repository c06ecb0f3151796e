package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.plugins.cloudflare.backend.Fields;

/** Takes the groups out of the text, partly Markdown and partly tables, that the observability server gives for calculations. */
final class Calculations {

    private static final String AGGREGATION = "\n### Aggregation\n";
    private static final String SERIES = "\n### Series";

    private Calculations() {}

    static List<JsonObject> groups(String text, Optional<String> groupBy) {
        var counts = new HashMap<String, Long>();
        for (var row : table(text, TelemetryQuery.EVENTS)) {
            counts.put(
                    group(row, groupBy),
                    value(row, TelemetryQuery.EVENTS).map(Double::longValue).orElse(0L));
        }
        return table(text, TelemetryQuery.VALUE).stream()
                .flatMap(row -> value(row, TelemetryQuery.VALUE).stream()
                        .map(value -> group(value, group(row, groupBy), counts, groupBy.isPresent())))
                .toList();
    }

    /** The number that a text of the table is, if it is one that JSON can hold. */
    static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.parseDouble(text)).filter(Double::isFinite);
        } catch (NumberFormatException other) {
            return Optional.empty();
        }
    }

    private static JsonObject group(double value, String name, Map<String, Long> counts, boolean grouped) {
        var group = new JsonObject().put("value", value).put("count", counts.getOrDefault(name, 0L));
        return grouped ? group.put("group", name) : group;
    }

    private static String group(Fields row, Optional<String> groupBy) {
        return groupBy.flatMap(row::filled).orElse("");
    }

    private static Optional<Double> value(Fields row, String alias) {
        return row.filled(alias).flatMap(Calculations::number);
    }

    private static List<Fields> table(String text, String alias) {
        var heading = ("\n" + text).indexOf("\n## " + alias + AGGREGATION);
        if (heading < 0) {
            return List.of();
        }
        var start = heading + ("\n## " + alias + AGGREGATION).length() - 1;
        var end = text.indexOf(SERIES, Math.max(0, start - 1));
        return TabTable.rows(text.substring(start, end < 0 ? text.length() : Math.max(start, end)));
    }
}

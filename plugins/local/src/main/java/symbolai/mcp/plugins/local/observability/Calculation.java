package symbolai.mcp.plugins.local.observability;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;

/** One calculation over events, as one question to SQLite. */
record Calculation(String sql, Condition condition) {

    private static final Map<String, String> AGGREGATES = Map.of(
            "count", "count(v)",
            "uniq", "count(DISTINCT v)",
            "min", "min(v)",
            "max", "max(v)",
            "sum", "sum(v)",
            "avg", "avg(v)");
    private static final Map<String, Integer> PERCENTILES = Map.of("median", 50, "p90", 90, "p95", 95, "p99", 99);
    private static final String RANKED = """
            SELECT g, v, total FROM (
              SELECT g, v, row_number() OVER (PARTITION BY g ORDER BY v) AS place, count(*) OVER (PARTITION BY g) AS total
              FROM (%s))
            WHERE place = max(1, (total * %d + 99) / 100)""";

    static Calculation of(Operation operation) {
        var arguments = operation.arguments();
        var name = arguments.getString("calculation", "");
        var key = Optional.ofNullable(arguments.getString("key")).map(FieldPath::of);
        var group = Optional.ofNullable(arguments.getString("groupBy")).map(FieldPath::of);
        if (!AGGREGATES.containsKey(name) && !PERCENTILES.containsKey(name)) {
            throw Filters.invalid("there is no calculation \"" + name + "\"");
        }
        if (key.isEmpty() && !name.equals("count")) {
            throw Filters.invalid(name + " needs a key");
        }
        var condition = Filters.all(operation);
        if (key.isPresent()) {
            var counted = name.equals("count") || name.equals("uniq");
            condition = condition.and(counted ? key.get().exists() : key.get().isNumber());
        }
        if (group.isPresent()) {
            condition = condition.and(group.get().exists());
        }
        var selected = new ArrayList<Object>();
        group.ifPresent(field -> selected.addAll(field.text().params()));
        key.ifPresent(field -> selected.add(field.path()));
        var values = "SELECT %s AS g, %s AS v FROM events WHERE %s"
                .formatted(
                        group.map(field -> field.text().sql()).orElse("NULL"),
                        key.isPresent() ? FieldPath.VALUE : "1",
                        condition.sql());
        var limit = arguments.getInteger("limit", 100);
        return new Calculation(question(name, values) + " ORDER BY 2 DESC, 1 LIMIT ?", condition.with(selected, limit));
    }

    /** A line has the group, the value and how many events there were. */
    private static String question(String name, String values) {
        return PERCENTILES.containsKey(name)
                ? RANKED.formatted(values, PERCENTILES.get(name))
                : "SELECT g, " + AGGREGATES.get(name) + ", count(*) FROM (" + values + ") GROUP BY g";
    }

    static JsonObject json(symbolai.mcp.plugins.local.store.Row row) {
        var json = new JsonObject().put("value", row.values().get(1)).put("count", row.number(2));
        row.optionalText(0).ifPresent(group -> json.put("group", group));
        return json;
    }
}

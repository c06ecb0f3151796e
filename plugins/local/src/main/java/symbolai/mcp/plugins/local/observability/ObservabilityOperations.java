package symbolai.mcp.plugins.local.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.local.store.Row;

/** Carries out the operations of Observability on the embedded account. */
public final class ObservabilityOperations {

    /** Keys are read from so many events, the newest ones. */
    private static final int LOOKED_AT = 5000;

    private static final Map<String, String> TYPES =
            Map.of("text", "string", "integer", "number", "real", "number", "true", "boolean", "false", "boolean");
    private static final Map<String, String> STORED_TYPES =
            Map.of("string", "'text'", "number", "'integer', 'real'", "boolean", "'true', 'false'");

    private final Events events;

    public ObservabilityOperations(Events events) {
        this.events = events;
    }

    /** The operations by their names. */
    public Map<String, Function<Operation, Future<JsonObject>>> operations() {
        return Map.of(
                "observability.events", this::events,
                "observability.calculate", this::calculate,
                "observability.keys", this::keys,
                "observability.values", this::values);
    }

    private Future<JsonObject> events(Operation operation) {
        var limit = operation.arguments().getInteger("limit");
        var condition = Filters.all(operation);
        var page = condition.and(after(operation.arguments().getString("offset", "")));
        return events.rows(
                        operation,
                        "SELECT number, at, document FROM events WHERE " + page.sql()
                                + " ORDER BY at DESC, number DESC LIMIT ?",
                        page.with(List.of(), limit + 1))
                .compose(rows -> events.rows(
                                operation, "SELECT count(*) FROM events WHERE " + condition.sql(), condition)
                        .map(count ->
                                page(rows, limit).put("count", count.get(0).number(0))));
    }

    private Future<JsonObject> calculate(Operation operation) {
        var calculation = Calculation.of(operation);
        return events.rows(operation, calculation.sql(), calculation.condition())
                .map(rows -> list(
                        "groups",
                        rows.stream()
                                .filter(row -> !row.isMissing(1))
                                .map(Calculation::json)
                                .toList()));
    }

    private Future<JsonObject> keys(Operation operation) {
        var limit = operation.arguments().getInteger("limit", 1000);
        var needle = operation.arguments().getString("needle", "").toLowerCase(Locale.ROOT);
        var time = Filters.time(operation);
        return events.rows(
                        operation,
                        "SELECT t.fullkey, t.type, max(e.at) FROM (SELECT at, document FROM events WHERE " + time.sql()
                                + " ORDER BY at DESC LIMIT " + LOOKED_AT + ") e, json_tree(e.document) t"
                                + " WHERE t.atom IS NOT NULL AND instr(t.fullkey, '[') = 0 GROUP BY 1, 2 ORDER BY 1, 2",
                        time)
                .map(rows -> list("keys", keys(rows, needle, limit)));
    }

    private Future<JsonObject> values(Operation operation) {
        var field = FieldPath.of(operation.arguments().getString("key", ""));
        var type = operation.arguments().getString("type", "");
        var condition = Filters.time(operation)
                .and(Condition.of(
                        FieldPath.TYPE + " IN (" + STORED_TYPES.getOrDefault(type, "''") + ")", field.path()));
        var needle = operation.arguments().getString("needle", "");
        if (!needle.isEmpty()) {
            condition = condition.and(Condition.of("instr(lower(" + field.text().sql() + "), lower(?)) > 0", needle)
                    .with(field.text().params()));
        }
        var limit = operation.arguments().getInteger("limit", 100);
        return events.rows(
                        operation,
                        "SELECT DISTINCT " + FieldPath.VALUE + " FROM events WHERE " + condition.sql()
                                + " ORDER BY 1 LIMIT ?",
                        condition.with(List.of(field.path()), limit))
                .map(rows -> new JsonObject().put("values", values(rows, type)));
    }

    /** What is older than the last event of the page before. */
    private static Condition after(String offset) {
        if (offset.isEmpty()) {
            return Condition.of("1");
        }
        if (!offset.matches("[0-9]{1,15}-[0-9]{1,15}")) {
            throw Filters.invalid("the offset is none that a list before gave; begin again without it");
        }
        var parts = offset.split("-", 2);
        return Condition.of("(at, number) < (?, ?)", Long.parseLong(parts[0]), Long.parseLong(parts[1]));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        var shown = rows.subList(0, Math.min(limit, rows.size()));
        var json = list("events", shown.stream().map(Events::json).toList());
        if (rows.size() > limit) {
            var last = rows.get(limit - 1);
            json.put("offset", last.number(1) + "-" + last.number(0));
        }
        return json;
    }

    private static List<JsonObject> keys(List<Row> rows, String needle, int limit) {
        Map<String, JsonObject> keys = new LinkedHashMap<>();
        for (var row : rows) {
            var key = row.text(0).substring(2).replace("\"", "");
            var type = TYPES.getOrDefault(row.text(1), "string");
            var lastSeen = Instant.ofEpochMilli(row.number(2)).toString();
            if (key.toLowerCase(Locale.ROOT).contains(needle)) {
                keys.putIfAbsent(
                        key + " " + type,
                        new JsonObject().put("key", key).put("type", type).put("lastSeenAt", lastSeen));
            }
        }
        return keys.values().stream().limit(limit).toList();
    }

    private static JsonArray values(List<Row> rows, String type) {
        var values = new JsonArray();
        rows.forEach(row -> values.add(
                type.equals("boolean")
                        ? (Object) (row.number(0) == 1)
                        : row.values().get(0)));
        return values;
    }

    private static JsonObject list(String name, List<JsonObject> all) {
        return new JsonObject().put(name, new JsonArray(all));
    }
}

package symbolai.mcp.plugins.local.observability;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;

/** Turns what an operation asks for into a condition. */
final class Filters {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final int LONGEST_VALUE = 2000;
    private static final Map<String, String> COMPARISONS = Map.of("gt", ">", "gte", ">=", "lt", "<", "lte", "<=");

    private Filters() {}

    /** The time, the filters and the needle of the operation. */
    static Condition all(Operation operation) {
        var condition = time(operation);
        var filters = operation.arguments().getJsonArray("filters");
        for (var index = 0; filters != null && index < filters.size(); index++) {
            condition = condition.and(filter(filters.getJsonObject(index)));
        }
        var needle = operation.arguments().getString("needle", "");
        return needle.isEmpty()
                ? condition
                : condition.and(Condition.of("instr(lower(document), lower(?)) > 0", needle));
    }

    /** The time alone. */
    static Condition time(Operation operation) {
        var from = instant(operation, "from");
        var to = instant(operation, "to");
        if (to.isBefore(from) || Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw invalid("from is before to, by seven days at most");
        }
        return Condition.of("at BETWEEN ? AND ?", from.toEpochMilli(), to.toEpochMilli());
    }

    private static Condition filter(JsonObject filter) {
        var field = FieldPath.of(filter.getString("key", ""));
        var operation = filter.getString("operation", "");
        return switch (operation) {
            case "exists" -> field.exists();
            case "notExists" -> field.exists().not();
            case "eq" -> equal(field, value(filter));
            case "neq" -> equal(field, value(filter)).not();
            case "gt", "gte", "lt", "lte" -> compared(field, COMPARISONS.getOrDefault(operation, ">"), value(filter));
            case "includes" -> includes(field, value(filter));
            case "notIncludes" -> includes(field, value(filter)).not();
            case "startsWith" -> startsWith(field, String.valueOf(value(filter)));
            case "regex" -> matches(field, String.valueOf(value(filter)));
            default -> throw invalid("there is no operation \"" + operation + "\"");
        };
    }

    private static Condition equal(FieldPath field, Object value) {
        return value instanceof Number number
                ? compared(field, "=", number)
                : Condition.of(field.text().sql() + " = ?", String.valueOf(value))
                        .with(field.text().params());
    }

    private static Condition compared(FieldPath field, String comparison, Object value) {
        if (value instanceof Number) {
            return field.isNumber().and(Condition.of(FieldPath.VALUE + comparison + " ?", field.path(), value));
        }
        if (value instanceof String) {
            return Condition.of(FieldPath.TYPE + " = 'text'", field.path())
                    .and(Condition.of(FieldPath.VALUE + comparison + " ?", field.path(), value));
        }
        throw invalid("what is compared is a number or a text, not " + value);
    }

    private static Condition includes(FieldPath field, Object value) {
        return Condition.of("instr(" + field.text().sql() + ", ?) > 0", String.valueOf(value))
                .with(field.text().params());
    }

    private static Condition startsWith(FieldPath field, String value) {
        return Condition.of("substr(" + field.text().sql() + ", 1, length(?)) = ?", value, value)
                .with(field.text().params());
    }

    private static Condition matches(FieldPath field, String regex) {
        return RegexAsGlob.globs(regex).stream()
                .map(glob -> Condition.of(field.text().sql() + " GLOB ?", glob)
                        .with(field.text().params()))
                .reduce(Condition::or)
                .orElseThrow();
    }

    private static Object value(JsonObject filter) {
        var value = Optional.ofNullable(filter.getValue("value"))
                .orElseThrow(() -> invalid(filter.getString("operation") + " needs a value"));
        if (String.valueOf(value).length() > LONGEST_VALUE) {
            throw invalid("a value has at most " + LONGEST_VALUE + " characters");
        }
        return value;
    }

    private static Instant instant(Operation operation, String name) {
        try {
            return Instant.parse(operation.arguments().getString(name, ""));
        } catch (DateTimeParseException wrong) {
            throw invalid(name + " is a time such as 2030-01-31T12:00:00Z");
        }
    }

    static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

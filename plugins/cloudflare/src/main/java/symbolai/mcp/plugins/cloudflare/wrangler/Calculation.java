package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * Makes one number of many events.
 *
 * @param operator such as {@code p99}
 * @param key the field that it is made of; empty for a count of events
 */
record Calculation(String operator, String key) {

    static Calculation of(JsonObject arguments) {
        var operator = arguments.getString("calculation");
        var key = arguments.getString("key", "");
        if (key.isEmpty() && !operator.equals("count")) {
            throw new ToolException(Reason.INVALID, "\"" + operator + "\" needs a key to be calculated from");
        }
        return new Calculation(operator, key);
    }

    /** The number, and of how many events it was made; none when none of them has the field. */
    Optional<JsonObject> of(List<JsonObject> events) {
        var values = key.isEmpty()
                ? List.<Object>copyOf(events)
                : events.stream()
                        .map(event -> event.getValue(key))
                        .filter(Objects::nonNull)
                        .toList();
        if (operator.equals("count")) {
            return Optional.of(result(values.size(), values.size()));
        }
        if (operator.equals("uniq")) {
            return Optional.of(result((double) values.stream().distinct().count(), values.size()));
        }
        var numbers = values.stream()
                .filter(Number.class::isInstance)
                .mapToDouble(value -> ((Number) value).doubleValue())
                .sorted()
                .toArray();
        return numbers.length == 0 ? Optional.empty() : Optional.of(result(number(numbers), numbers.length));
    }

    private double number(double[] sorted) {
        return switch (operator) {
            case "min" -> sorted[0];
            case "max" -> sorted[sorted.length - 1];
            case "sum" -> java.util.stream.DoubleStream.of(sorted).sum();
            case "avg" -> java.util.stream.DoubleStream.of(sorted).average().orElse(0);
            case "median" -> quantile(sorted, 0.5);
            case "p90" -> quantile(sorted, 0.9);
            case "p95" -> quantile(sorted, 0.95);
            default -> quantile(sorted, 0.99);
        };
    }

    /** The value between the two nearest ones. */
    private static double quantile(double[] sorted, double share) {
        var place = share * (sorted.length - 1);
        var below = (int) Math.floor(place);
        var above = (int) Math.ceil(place);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    private static JsonObject result(double value, long count) {
        return new JsonObject().put("value", value).put("count", count);
    }
}

package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * Decides which events are wanted.
 *
 * @param filters all of which must fit
 * @param needle what the text of an event holds, in lower case; empty for anything
 */
record EventFilter(List<JsonObject> filters, String needle) {

    static EventFilter of(JsonObject arguments) {
        var filters = arguments.getJsonArray("filters", new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
        if (filters.stream().anyMatch(filter -> filter.getString("operation").equals("regex"))) {
            throw new ToolException(
                    Reason.UNSUPPORTED,
                    "wrangler dev's logs are not searched by regular expressions; use includes or startsWith");
        }
        return new EventFilter(filters, arguments.getString("needle", "").toLowerCase(Locale.ROOT));
    }

    boolean fits(JsonObject event) {
        var fields = event.getJsonObject("fields");
        return filters.stream().allMatch(filter -> fits(filter, fields))
                && fields.encode().toLowerCase(Locale.ROOT).contains(needle);
    }

    private static boolean fits(JsonObject filter, JsonObject fields) {
        var found = Optional.ofNullable(fields.getValue(filter.getString("key")));
        var wanted = Optional.ofNullable(filter.getValue("value"));
        return switch (filter.getString("operation")) {
            case "exists" -> found.isPresent();
            case "notExists" -> found.isEmpty();
            case "neq" -> !compares(found, wanted, 0, 0);
            case "eq" -> compares(found, wanted, 0, 0);
            case "gt" -> compares(found, wanted, 1, 1);
            case "gte" -> compares(found, wanted, 0, 1);
            case "lt" -> compares(found, wanted, -1, -1);
            case "lte" -> compares(found, wanted, -1, 0);
            case "includes" -> text(found).contains(text(wanted));
            case "notIncludes" -> !text(found).contains(text(wanted));
            default -> text(found).startsWith(text(wanted));
        };
    }

    /** Numbers as numbers, and all else as texts; what is not there fits nothing. */
    private static boolean compares(Optional<Object> found, Optional<Object> wanted, int least, int most) {
        if (found.isEmpty() || wanted.isEmpty()) {
            return false;
        }
        var sign = found.get() instanceof Number left && wanted.get() instanceof Number right
                ? Double.compare(left.doubleValue(), right.doubleValue())
                : Integer.signum(text(found).compareTo(text(wanted)));
        return sign >= least && sign <= most;
    }

    private static String text(Optional<Object> value) {
        return value.map(Object::toString).orElse("");
    }
}

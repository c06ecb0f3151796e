package symbolai.mcp.plugins.observability;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** From when to when events are looked at: at most seven days. */
record TimeRange(Instant from, Instant to) {

    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Pattern RELATIVE = Pattern.compile("-([0-9]{1,6})([smhd])");
    private static final Map<String, ChronoUnit> UNITS =
            Map.of("s", ChronoUnit.SECONDS, "m", ChronoUnit.MINUTES, "h", ChronoUnit.HOURS, "d", ChronoUnit.DAYS);

    /** What the arguments {@code from} and {@code to} say; the last hour when they are absent. */
    static TimeRange of(JsonObject arguments, Instant now) {
        var to = time("to", arguments.getString("to", "now"), now);
        var from = time("from", arguments.getString("from", "-1h"), now);
        if (!from.isBefore(to)) {
            throw invalid("from (%s) must be before to (%s)".formatted(from, to));
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw invalid(
                    "from %s to %s are more than %d days; ask for less at once".formatted(from, to, LONGEST.toDays()));
        }
        return new TimeRange(from, to);
    }

    /** The same as arguments of an operation. */
    JsonObject toJson() {
        return new JsonObject().put("from", from.toString()).put("to", to.toString());
    }

    private static Instant time(String name, String text, Instant now) {
        if (text.toLowerCase(Locale.ROOT).equals("now")) {
            return now.truncatedTo(ChronoUnit.MILLIS);
        }
        var relative = RELATIVE.matcher(text);
        return relative.matches() ? back(relative, now) : absolute(name, text);
    }

    private static Instant back(Matcher relative, Instant now) {
        var unit = UNITS.get(relative.group(2));
        return now.minus(Duration.of(Long.parseLong(relative.group(1)), unit == null ? ChronoUnit.SECONDS : unit))
                .truncatedTo(ChronoUnit.MILLIS);
    }

    private static Instant absolute(String name, String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeParseException notATime) {
            throw invalid(
                    name + " is \"" + Quoted.text(text)
                            + "\"; it must be a time such as 2026-01-31T08:00:00Z, a day such as 2026-01-31, now, or so long ago as -30m, -6h or -2d");
        }
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.store.AuditFilter;
import symbolai.mcp.server.store.AuditFilter.Column;

/**
 * What somebody wants to know of the audit log.
 *
 * @param most how many records at once
 */
public record AuditQuery(AuditFilter filter, int most) {
    private static final int MOST = 500;
    private static final int USUAL = 50;
    private static final Instant END = Instant.parse("9999-12-31T00:00:00Z");
    private static final Map<String, Column> COLUMNS = Map.of(
            "event",
            Column.EVENT,
            "caller",
            Column.CALLER,
            "client",
            Column.CLIENT,
            "tool",
            Column.TOOL,
            "outcome",
            Column.OUTCOME,
            "decision",
            Column.DECISION,
            "rule",
            Column.RULE,
            "address",
            Column.ADDRESS,
            "account",
            Column.ACCOUNT,
            "database",
            Column.DB);

    /**
     * Reads it from texts: {@code from}, {@code to}, {@code event} and other columns with globs, {@code text}, {@code limit}, {@code cursor}.
     *
     * @throws ToolException that says which one is not right
     */
    public static AuditQuery of(JsonObject fields) {
        var globs = new TreeMap<Column, String>();
        COLUMNS.forEach((name, column) -> {
            if (!text(fields, name).isEmpty()) {
                globs.put(column, text(fields, name));
            }
        });
        var filter = new AuditFilter(
                time(fields, "from", Instant.EPOCH).toEpochMilli(),
                time(fields, "to", END).toEpochMilli(),
                number(fields, "cursor", Long.MAX_VALUE, Long.MAX_VALUE),
                globs,
                text(fields, "text").toLowerCase(Locale.ROOT));
        return new AuditQuery(filter, (int) number(fields, "limit", USUAL, MOST));
    }

    /** A time or a day in UTC. */
    static Instant time(JsonObject fields, String name, Instant otherwise) {
        var text = text(fields, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException notATime) {
            throw invalid(name, text, "a day such as 2026-11-22, or a time such as 2026-11-22T09:30:00Z");
        }
    }

    static long number(JsonObject fields, String name, long otherwise, long most) {
        var text = text(fields, name);
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,18}") || Long.parseLong(text) < 1 || Long.parseLong(text) > most) {
            throw invalid(name, text, "a whole number from 1 to " + most);
        }
        return Long.parseLong(text);
    }

    static String text(JsonObject fields, String name) {
        var value = fields.getValue(name);
        return value == null ? "" : String.valueOf(value).strip();
    }

    private static ToolException invalid(String name, String text, String right) {
        var shown = AsciiJson.quote(text.length() <= 60 ? text : text.substring(0, 60) + "...");
        return new ToolException(Reason.INVALID, name + " must be " + right + ", and is " + shown);
    }
}

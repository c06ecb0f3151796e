package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A record as a line of CSV (RFC 4180) that no spreadsheet takes for a formula. */
final class CsvLine {
    private static final List<String> COLUMNS = List.of(
            "seq",
            "at",
            "event",
            "caller",
            "name",
            "key",
            "client",
            "address",
            "door",
            "kind",
            "tool",
            "arguments",
            "account",
            "database",
            "decision",
            "rule",
            "approval",
            "outcome",
            "reason",
            "rows",
            "bytes",
            "millis",
            "upstream",
            "target",
            "callId",
            "prev",
            "hash");

    /** What a spreadsheet begins to calculate at; blanks before it do not stop it. */
    private static final String FORMULA = "=+-@\t\r\n|%";

    private CsvLine() {}

    static String header() {
        return String.join(",", COLUMNS) + ",more\r\n";
    }

    static String of(JsonObject record) {
        var more = record.copy();
        COLUMNS.forEach(more::remove);
        return COLUMNS.stream().map(column -> cell(record.getValue(column))).collect(Collectors.joining(",")) + ","
                + (more.isEmpty() ? "" : cell(AsciiJson.encode(more))) + "\r\n";
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        var text = String.valueOf(value);
        if (value instanceof Number) {
            return text;
        }
        var start = text.stripLeading();
        boolean calculates = !text.isEmpty()
                && (FORMULA.indexOf(text.charAt(0)) >= 0
                        || (!start.isEmpty() && FORMULA.indexOf(start.charAt(0)) >= 0));
        return "\"" + (calculates ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}

package symbolai.mcp.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which records of the audit log are looked for.
 *
 * @param from the earliest time, in milliseconds
 * @param to the time before which they are
 * @param before the number before which they are
 * @param globs what columns must match, with * for any text and ? for one character
 * @param words what must stand in the text, in lower case; empty for anything
 */
public record AuditFilter(long from, long to, long before, Map<Column, String> globs, String words) {

    /** What can be asked for. */
    public enum Column {
        /** What happened. */
        EVENT,
        /** The id of who did it. */
        CALLER,
        /** The program that was used. */
        CLIENT,
        /** The tool. */
        TOOL,
        /** What came of it. */
        OUTCOME,
        /** Whether it was allowed. */
        DECISION,
        /** By which rule. */
        RULE,
        /** From where. */
        ADDRESS,
        /** The id of the account that was touched. */
        ACCOUNT,
        /** The database that was touched. */
        DB
    }

    public AuditFilter {
        globs = Map.copyOf(globs);
    }

    /** Everything between two times. */
    public static AuditFilter between(long from, long to) {
        return new AuditFilter(from, to, Long.MAX_VALUE, Map.of(), "");
    }

    /** The same with another glob. */
    public AuditFilter with(Column column, String glob) {
        var all = new TreeMap<>(globs);
        all.put(column, glob);
        return new AuditFilter(from, to, before, all, words);
    }

    String sql() {
        var sql = new StringBuilder("at >= ? AND at < ? AND seq < ?");
        globs.keySet().stream()
                .sorted()
                .forEach(column -> sql.append(" AND ")
                        .append(column.name().toLowerCase(Locale.ROOT))
                        .append(" LIKE ? ESCAPE '!'"));
        return words.isEmpty()
                ? sql.toString()
                : sql.append(" AND words LIKE ? ESCAPE '!'").toString();
    }

    List<Object> values() {
        var values = new ArrayList<Object>(List.of(from, to, before));
        globs.keySet().stream().sorted().forEach(column -> values.add(like(globs.getOrDefault(column, ""))));
        if (!words.isEmpty()) {
            values.add("%" + literal(words) + "%");
        }
        return values;
    }

    private static String like(String glob) {
        return literal(glob).replace("*", "%").replace("?", "_");
    }

    private static String literal(String text) {
        return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    }
}

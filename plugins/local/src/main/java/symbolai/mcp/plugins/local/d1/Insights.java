package symbolai.mcp.plugins.local.d1;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.SqlToken;
import symbolai.mcp.api.SqliteResult;

/** Remembers for a day what statements took, hour by hour, until the server ends. Safe for any thread. */
final class Insights {

    static final Duration KEPT = Duration.ofHours(24);

    private static final int MOST_DATABASES = 64;
    private static final int MOST_STATEMENTS = 500;
    private static final int LONGEST_STATEMENT = 2000;
    private static final List<SqlToken.Kind> VALUES =
            List.of(SqlToken.Kind.STRING, SqlToken.Kind.BLOB, SqlToken.Kind.NUMBER, SqlToken.Kind.PARAMETER);

    private final InstantSource clock;
    private final Map<String, Map<Hour, Totals>> databases = new LinkedHashMap<>(16, 0.75f, true);

    Insights(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void record(String uuid, List<String> statements, List<SqliteResult> results) {
        var totals = databases.computeIfAbsent(uuid, first -> new HashMap<>());
        var now = clock.instant();
        totals.keySet().removeIf(hour -> hour.start().isBefore(now.minus(KEPT)));
        for (var index = 0; index < statements.size(); index++) {
            var hour = new Hour(now.truncatedTo(ChronoUnit.HOURS), withoutValues(statements.get(index)));
            if (totals.containsKey(hour) || totals.size() < MOST_STATEMENTS) {
                totals.merge(hour, Totals.of(results.get(index)), Totals::plus);
            }
        }
        databases.keySet().stream()
                .findFirst()
                .filter(oldest -> databases.size() > MOST_DATABASES)
                .ifPresent(databases::remove);
    }

    /** The statements that took most; an hour belongs to the time when a part of it does. */
    synchronized JsonArray most(String uuid, Instant from, Instant to, String sort, int limit) {
        var sums = databases.getOrDefault(uuid, Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().overlaps(from, to))
                .collect(Collectors.toMap(entry -> entry.getKey().sql(), Map.Entry::getValue, Totals::plus));
        var queries = new JsonArray();
        sums.entrySet().stream()
                .sorted(Map.Entry.<String, Totals>comparingByValue(order(sort))
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .forEach(entry -> queries.add(entry.getValue().json(entry.getKey())));
        return queries;
    }

    /** The statement with a question mark for each value, so that statements that differ in values alone are one. */
    static String withoutValues(String sql) {
        var text = new StringBuilder();
        var glued = true;
        for (var token : SqlStatements.single(sql)) {
            var tight = token.isSymbol(",") || token.isSymbol(")") || token.isSymbol(".") || token.isSymbol(";");
            text.append(glued || tight ? "" : " ").append(VALUES.contains(token.kind()) ? "?" : token.text());
            glued = token.isSymbol("(") || token.isSymbol(".");
        }
        return text.substring(0, Math.min(text.length(), LONGEST_STATEMENT));
    }

    private static Comparator<Totals> order(String sort) {
        Comparator<Totals> ascending = switch (sort) {
            case "count" -> Comparator.comparingLong(Totals::count);
            case "rowsRead" -> Comparator.comparingLong(Totals::rowsRead);
            case "rowsWritten" -> Comparator.comparingLong(Totals::rowsWritten);
            default -> Comparator.comparingLong(Totals::nanos);
        };
        return ascending.reversed();
    }

    private record Hour(Instant start, String sql) {

        boolean overlaps(Instant from, Instant to) {
            return start.plus(1, ChronoUnit.HOURS).isAfter(from) && !start.isAfter(to);
        }
    }

    /** What statements took together. SQLite does not say how many rows it looked at, so those count that it gave. */
    private record Totals(long count, long nanos, long rowsRead, long rowsWritten) {

        static Totals of(SqliteResult result) {
            return new Totals(1, result.duration().toNanos(), result.rows().size(), result.changes());
        }

        Totals plus(Totals other) {
            return new Totals(
                    count + other.count,
                    nanos + other.nanos,
                    rowsRead + other.rowsRead,
                    rowsWritten + other.rowsWritten);
        }

        JsonObject json(String sql) {
            return new JsonObject()
                    .put("sql", sql)
                    .put("count", count)
                    .put("totalMs", Math.round(nanos / 10_000.0) / 100.0)
                    .put("rowsRead", rowsRead)
                    .put("rowsWritten", rowsWritten);
        }
    }
}

package symbolai.mcp.plugins.local.observability;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** The events of a week, the last fifty thousand. */
public final class Events {

    static final Duration KEPT = Duration.ofDays(7);

    private static final int MOST = 50_000;
    private static final List<String> TABLES =
            List.of("""
            CREATE TABLE IF NOT EXISTS events (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              at INTEGER NOT NULL,
              document TEXT NOT NULL
            ) STRICT""", "CREATE INDEX IF NOT EXISTS events_by_time ON events(at, number)");

    private final Records records;
    private final InstantSource clock;

    private Events(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /** Opens the events, and makes the sample ones on the first start. */
    public static Future<Events> open(FamilyContext context, InstantSource clock) {
        return Records.open(context, "events.sqlite", TABLES)
                .compose(records -> records.once("sample", () -> Future.succeededFuture(sample(clock.instant())))
                        .map(made -> new Events(records, clock)));
    }

    /** Keeps what happened, and forgets the oldest. */
    public Future<Void> append(List<Event> events) {
        var trim = SqliteStatement.of(
                "DELETE FROM events WHERE at < ? OR number <= (SELECT max(number) FROM events) - ?",
                clock.instant().minus(KEPT).toEpochMilli(),
                MOST);
        return records.batch(List.of(insert(events), trim)).mapEmpty();
    }

    Future<List<Row>> rows(Operation operation, String sql, Condition condition) {
        return records.rows(operation, new SqliteStatement(sql, condition.params()));
    }

    /** The columns number, at, document. */
    static JsonObject json(Row row) {
        var document = new JsonObject(row.text(2));
        var metadata = document.getJsonObject("$metadata", new JsonObject());
        var workers = document.getJsonObject("$workers", new JsonObject());
        var json = new JsonObject()
                .put("id", metadata.getString("id", String.valueOf(row.number(0))))
                .put("at", Instant.ofEpochMilli(row.number(1)).toString())
                .put("fields", document);
        put(json, "worker", metadata.getString("service"));
        put(json, "level", metadata.getString("level"));
        put(json, "message", metadata.getString("message"));
        put(json, "requestId", metadata.getString("requestId"));
        put(json, "outcome", workers.getString("outcome"));
        put(json, "durationMs", workers.getDouble("wallTimeMs"));
        return json;
    }

    private static void put(JsonObject json, String name, @org.jspecify.annotations.Nullable Object value) {
        Optional.ofNullable(value).ifPresent(present -> json.put(name, present));
    }

    private static List<SqliteStatement> sample(Instant now) {
        return List.of(insert(new ObservabilitySample(now).events()));
    }

    /** All in one statement: a start is waiting for the sample ones. */
    private static SqliteStatement insert(List<Event> events) {
        var rows = new JsonArray();
        events.forEach(event -> rows.add(new JsonArray()
                .add(event.at().toEpochMilli())
                .add(event.document().encode())));
        return SqliteStatement.of(
                "INSERT INTO events (at, document) SELECT value ->> 0, value ->> 1 FROM json_each(?)", rows.encode());
    }
}

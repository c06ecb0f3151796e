package symbolai.mcp.plugins.local.builds;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** The builds that were asked for, and their logs; the last few hundred. */
final class BuildStore {

    static final String FILE = "builds.sqlite";
    static final List<String> TABLES = List.of("""
            CREATE TABLE IF NOT EXISTS builds (
              number INTEGER PRIMARY KEY AUTOINCREMENT,
              id TEXT NOT NULL UNIQUE,
              worker TEXT NOT NULL,
              worker_id TEXT NOT NULL,
              status TEXT NOT NULL,
              outcome TEXT,
              created_at INTEGER NOT NULL,
              started_at INTEGER,
              stopped_at INTEGER,
              branch TEXT,
              commit_hash TEXT,
              commit_message TEXT,
              commit_author TEXT,
              trigger TEXT NOT NULL,
              command TEXT NOT NULL,
              pid INTEGER,
              pid_started INTEGER
            ) STRICT""", """
            CREATE TABLE IF NOT EXISTS lines (
              build TEXT NOT NULL REFERENCES builds(id) ON DELETE CASCADE,
              number INTEGER NOT NULL,
              at INTEGER NOT NULL,
              text TEXT NOT NULL,
              PRIMARY KEY (build, number)
            ) STRICT, WITHOUT ROWID""");

    private static final int MOST = 500;
    private static final String COLUMNS =
            "SELECT id, worker, worker_id, status, outcome, created_at, started_at, stopped_at,"
                    + " branch, commit_hash, commit_message, commit_author, trigger, command FROM builds ";
    private static final List<String> NAMES =
            List.of("branch", "commit", "commitMessage", "commitAuthor", "trigger", "buildCommand");

    private final Records records;
    private final InstantSource clock;

    BuildStore(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    /** Enters a build that waits for its turn. */
    Future<JsonObject> enter(BuildJob job, String workerId, GitHead head) {
        return records.batch(List.of(
                        SqliteStatement.of(
                                "INSERT INTO builds (id, worker, worker_id, status, created_at, branch, commit_hash,"
                                        + " commit_message, commit_author, trigger, command)"
                                        + " VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, 'manual', ?)",
                                job.id(),
                                job.worker(),
                                workerId,
                                clock.millis(),
                                head.branch().orElse(null),
                                head.commit().orElse(null),
                                head.message().orElse(null),
                                head.author().orElse(null),
                                job.command()),
                        SqliteStatement.of(
                                "DELETE FROM builds WHERE status = 'stopped' AND number <= (SELECT max(number) FROM builds) - ?",
                                MOST)))
                .compose(entered -> find(job.id()))
                .map(found -> found.orElseGet(JsonObject::new));
    }

    /** Says whether the build may go on: it may have been cancelled meanwhile. */
    Future<Boolean> started(String id, long pid, long pidStarted) {
        return records.change(
                        "UPDATE builds SET status = 'running', started_at = ?, pid = ?, pid_started = ?"
                                + " WHERE id = ? AND status <> 'stopped'",
                        clock.millis(),
                        pid,
                        pidStarted,
                        id)
                .map(changes -> changes > 0);
    }

    Future<Void> append(String id, List<String> texts) {
        return texts.isEmpty()
                ? Future.succeededFuture()
                : records.batch(List.of(lines(id, clock.instant(), texts))).mapEmpty();
    }

    /** Says how the build ended, unless that was said before. */
    Future<Void> stopped(String id, String outcome) {
        return records.change(
                        "UPDATE builds SET status = 'stopped', outcome = ?, stopped_at = ? WHERE id = ? AND status <> 'stopped'",
                        outcome,
                        clock.millis(),
                        id)
                .mapEmpty();
    }

    /** Those that a server which died has left; each its process and when that was started. */
    Future<List<Row>> lost() {
        return records.rows("SELECT pid, pid_started FROM builds WHERE status = 'running' AND pid IS NOT NULL");
    }

    /** Nobody runs what an earlier server began. */
    Future<Void> endLost() {
        return records.change(
                        "UPDATE builds SET status = 'stopped', outcome = 'terminated', stopped_at = ? WHERE status <> 'stopped'",
                        clock.millis())
                .mapEmpty();
    }

    Future<Optional<JsonObject>> find(String id) {
        return records.rows(COLUMNS + "WHERE id = ?", id)
                .map(rows -> rows.stream().findFirst().map(BuildStore::json));
    }

    /** Newest first; of all Workers when none is named. */
    Future<List<JsonObject>> list(String worker, int limit, long offset) {
        return records.rows(
                        COLUMNS + "WHERE ? IN ('', worker) ORDER BY number DESC LIMIT ? OFFSET ?",
                        worker,
                        limit,
                        offset)
                .map(rows -> rows.stream().map(BuildStore::json).toList());
    }

    /** Number, time and text of the lines after that number. */
    Future<List<Row>> lines(String id, long after, int limit) {
        return records.rows(
                "SELECT number, at, text FROM lines WHERE build = ? AND number > ? ORDER BY number LIMIT ?",
                id,
                after,
                limit);
    }

    /** All lines in one statement: a build may say thousands at once. */
    static SqliteStatement lines(String id, Instant at, List<String> texts) {
        return SqliteStatement.of(
                "INSERT INTO lines (build, number, at, text)"
                        + " SELECT ?, (SELECT coalesce(max(number), 0) FROM lines WHERE build = ?) + key + 1, ?, value"
                        + " FROM json_each(?)",
                id,
                id,
                at.toEpochMilli(),
                new JsonArray(texts).encode());
    }

    private static JsonObject json(Row row) {
        var json = new JsonObject()
                .put("id", row.text(0))
                .put("worker", row.text(1))
                .put("workerId", row.text(2))
                .put("status", row.text(3))
                .put("createdAt", row.time(5).toString());
        row.optionalText(4).ifPresent(outcome -> json.put("outcome", outcome));
        row.optionalNumber(6).ifPresent(at -> json.put("startedAt", row.time(6).toString()));
        row.optionalNumber(7).ifPresent(at -> json.put("stoppedAt", row.time(7).toString()));
        if (!row.isMissing(6) && !row.isMissing(7)) {
            json.put("durationMs", Math.max(0, row.number(7) - row.number(6)));
        }
        for (var index = 0; index < NAMES.size(); index++) {
            var name = NAMES.get(index);
            row.optionalText(8 + index).ifPresent(text -> json.put(name, text));
        }
        return json;
    }
}

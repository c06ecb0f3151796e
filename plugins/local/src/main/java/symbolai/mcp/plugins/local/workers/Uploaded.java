package symbolai.mcp.plugins.local.workers;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import symbolai.mcp.api.SqliteStatement;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** The Workers that were uploaded, with their versions and deployments. */
final class Uploaded {

    private static final int MOST_WORKERS = 500;
    private static final int MOST_VERSIONS = 100;
    private static final String CURRENT =
            "(SELECT d.version FROM deployments d WHERE d.worker = w.name ORDER BY d.number DESC LIMIT 1)";
    private static final String WORKERS = "SELECT w.name, w.id, w.created_at, w.modified_at, v.handlers, v.etag, v.id,"
            + " v.main, v.settings, w.schedules FROM workers w JOIN versions v ON v.id = " + CURRENT;

    private final Records records;
    private final InstantSource clock;

    Uploaded(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    Future<List<Row>> all() {
        return records.rows(WORKERS + " ORDER BY w.name");
    }

    Future<Optional<Row>> find(String name) {
        return records.rows(WORKERS + " WHERE w.name = ?", name)
                .map(rows -> rows.stream().findFirst());
    }

    /** The modules of a version, the main one first. */
    Future<List<Row>> modules(String version) {
        return records.rows(
                "SELECT name, content_type, body FROM modules WHERE version = ? ORDER BY position", version);
    }

    Future<List<Row>> versions(String worker, int limit, long offset) {
        return records.rows(
                "SELECT id, number, created_at, message FROM versions WHERE worker = ? ORDER BY number DESC LIMIT ? OFFSET ?",
                worker,
                limit,
                offset);
    }

    Future<List<Row>> deployments(String worker) {
        return records.rows(
                "SELECT id, version, created_at, message FROM deployments WHERE worker = ? ORDER BY number DESC LIMIT 10",
                worker);
    }

    /** Keeps the upload as a new version and deploys it, all or nothing; gives the ids of the version and the deployment. */
    Future<JsonObject> deploy(Upload upload) {
        var now = clock.instant();
        var version = UUID.randomUUID().toString();
        var deployment = UUID.randomUUID().toString();
        return records.rows("SELECT count(*) FROM workers WHERE name <> ?", upload.name())
                .compose(rows -> rows.get(0).number(0) >= MOST_WORKERS
                        ? Future.failedFuture(new ToolException(
                                ToolException.Reason.REFUSED, "the account holds " + MOST_WORKERS + " Workers already"))
                        : records.batch(deploying(upload, version, deployment, now)))
                .map(done -> new JsonObject()
                        .put("versionId", version)
                        .put("deploymentId", deployment)
                        .put("createdAt", now.toString()));
    }

    /** Deploys a version that is there; gives the deployment's row. */
    Future<Row> rollBack(String worker, String version, Optional<String> message) {
        var id = UUID.randomUUID().toString();
        return records.batch(List.of(
                        SqliteStatement.of(
                                "INSERT INTO deployments (id, worker, version, created_at, message) SELECT ?, worker, id, ?, ?"
                                        + " FROM versions WHERE worker = ? AND id = ?",
                                id,
                                clock.millis(),
                                message.orElse(null),
                                worker,
                                version),
                        touched(worker, clock.instant()),
                        SqliteStatement.of(
                                "SELECT id, version, created_at, message FROM deployments WHERE id = ?", id)))
                .compose(results -> Records.rows(results.get(2)).stream()
                        .findFirst()
                        .map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new ToolException(
                                ToolException.Reason.NOT_FOUND,
                                "the Worker " + worker + " has no version " + version
                                        + "; workers_versions names those there are"))));
    }

    Future<Boolean> delete(String name) {
        return records.change("DELETE FROM workers WHERE name = ?", name).map(changes -> changes > 0);
    }

    static List<SqliteStatement> deploying(Upload upload, String version, String deployment, Instant now) {
        var statements = new ArrayList<SqliteStatement>();
        var id = UUID.randomUUID().toString().replace("-", "");
        statements.add(SqliteStatement.of(
                "INSERT INTO workers (name, id, created_at, modified_at, schedules) VALUES (?, ?, ?, ?, '[]')"
                        + " ON CONFLICT (name) DO UPDATE SET modified_at = excluded.modified_at",
                upload.name(),
                id,
                now.toEpochMilli(),
                now.toEpochMilli()));
        statements.add(SqliteStatement.of(
                "INSERT INTO versions (id, worker, number, created_at, message, main, settings, handlers, etag)"
                        + " SELECT ?, ?, coalesce(max(number), 0) + 1, ?, ?, ?, ?, ?, ? FROM versions WHERE worker = ?",
                version,
                upload.name(),
                now.toEpochMilli(),
                upload.message().orElse(null),
                upload.modules().get(0).name(),
                upload.settings().encode(),
                new JsonArray(upload.handlers()).encode(),
                upload.etag(),
                upload.name()));
        for (var position = 0; position < upload.modules().size(); position++) {
            statements.add(module(version, position, upload.modules().get(position)));
        }
        statements.add(SqliteStatement.of(
                "INSERT INTO deployments (id, worker, version, created_at, message) VALUES (?, ?, ?, ?, ?)",
                deployment,
                upload.name(),
                version,
                now.toEpochMilli(),
                upload.message().orElse(null)));
        statements.add(SqliteStatement.of(
                "DELETE FROM versions WHERE worker = ? AND id NOT IN (SELECT id FROM versions WHERE worker = ?"
                        + " ORDER BY number DESC LIMIT ?)",
                upload.name(),
                upload.name(),
                MOST_VERSIONS));
        statements.add(SqliteStatement.of(
                "DELETE FROM deployments WHERE worker = ? AND version NOT IN (SELECT id FROM versions)",
                upload.name()));
        return statements;
    }

    private static SqliteStatement module(String version, int position, WorkerModule module) {
        return SqliteStatement.of(
                "INSERT INTO modules (version, position, name, content_type, bytes, body) VALUES (?, ?, ?, ?, ?, ?)",
                version,
                position,
                module.name(),
                module.contentType(),
                module.body().length,
                module.body());
    }

    private static SqliteStatement touched(String worker, Instant now) {
        return SqliteStatement.of("UPDATE workers SET modified_at = ? WHERE name = ?", now.toEpochMilli(), worker);
    }
}

package symbolai.mcp.plugins.local.r2;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.Cursor;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** The buckets of R2. Those of different jurisdictions do not see each other. */
final class Buckets {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{1,61}[a-z0-9]");
    private static final List<String> JURISDICTIONS = List.of("default", "eu", "fedramp");
    private static final int MOST = 10_000;

    private final Records records;
    private final InstantSource clock;

    Buckets(Records records, InstantSource clock) {
        this.records = records;
        this.clock = clock;
    }

    Future<JsonObject> list(Operation operation) {
        var limit = operation.arguments().getInteger("perPage", 1000);
        var from = Cursor.read(operation.arguments())
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        return records.rows(
                        Bucket.COLUMNS
                                + "WHERE jurisdiction = ? AND name >= ? AND instr(name, ?) > 0 ORDER BY name LIMIT ?",
                        jurisdiction(operation),
                        from,
                        operation.arguments().getString("nameContains", "").toLowerCase(Locale.ROOT),
                        limit + 1)
                .map(rows -> page(rows, limit));
    }

    Future<JsonObject> create(Operation operation) {
        Access.requireWrite(operation);
        var name = name(operation);
        return records.change(
                        "INSERT INTO r2_buckets (jurisdiction, name, created_at, location, storage_class)"
                                + " SELECT ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM r2_buckets) < ?",
                        jurisdiction(operation),
                        name,
                        clock.millis(),
                        operation.arguments().getString("locationHint", "weur").toUpperCase(Locale.ROOT),
                        operation.arguments().getString("storageClass", "Standard"),
                        MOST)
                .recover(failure -> Future.failedFuture(Records.explained(failure, "UNIQUE", () -> taken(name))))
                .compose(made -> made == 0 ? full() : require(operation))
                .map(Bucket::json);
    }

    Future<JsonObject> get(Operation operation) {
        return require(operation).map(Bucket::json);
    }

    Future<JsonObject> delete(Operation operation) {
        Access.requireWrite(operation);
        return require(operation)
                .compose(bucket -> records.change("DELETE FROM r2_buckets WHERE id = ?", bucket.id())
                        .recover(failure -> Future.failedFuture(
                                Records.explained(failure, "FOREIGN KEY", () -> notEmpty(bucket.name())))))
                .map(done -> new JsonObject());
    }

    /** The bucket that the operation names; NOT_FOUND when there is none in that jurisdiction. */
    Future<Bucket> require(Operation operation) {
        var name = name(operation);
        var jurisdiction = jurisdiction(operation);
        return records.rows(Bucket.COLUMNS + "WHERE jurisdiction = ? AND name = ?", jurisdiction, name)
                .compose(rows -> rows.isEmpty()
                        ? Future.failedFuture(missing(name, jurisdiction))
                        : Future.succeededFuture(Bucket.of(rows.get(0))));
    }

    static ToolException missing(String name, String jurisdiction) {
        return new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no R2 bucket %s in the jurisdiction %s; r2_list_buckets names those there are"
                        .formatted(name, jurisdiction));
    }

    private static JsonObject page(List<Row> rows, int limit) {
        var buckets = new JsonArray();
        rows.stream().limit(limit).map(row -> Bucket.of(row).json()).forEach(buckets::add);
        var json = new JsonObject().put("buckets", buckets);
        return rows.size() > limit
                ? json.put("cursor", Cursor.text(rows.get(limit).text(2).getBytes(StandardCharsets.UTF_8)))
                : json;
    }

    private static String name(Operation operation) {
        var name = operation.arguments().getString("bucket", "");
        if (!NAME.matcher(name).matches()) {
            throw new ToolException(
                    ToolException.Reason.INVALID,
                    "a bucket's name has 3 to 63 lower-case letters, digits and hyphens, and no hyphen at either end");
        }
        return name;
    }

    private static String jurisdiction(Operation operation) {
        var jurisdiction = operation.arguments().getString("jurisdiction", "default");
        if (!JURISDICTIONS.contains(jurisdiction)) {
            throw new ToolException(ToolException.Reason.INVALID, "a jurisdiction is one of " + JURISDICTIONS);
        }
        return jurisdiction;
    }

    private static ToolException taken(String name) {
        return new ToolException(ToolException.Reason.CONFLICT, "there is an R2 bucket named " + name + " already");
    }

    private static ToolException notEmpty(String name) {
        return new ToolException(
                ToolException.Reason.CONFLICT, "the R2 bucket " + name + " holds objects; delete them first");
    }

    private static <T> Future<T> full() {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.REFUSED, "the account holds " + MOST + " buckets already, which is the most"));
    }
}

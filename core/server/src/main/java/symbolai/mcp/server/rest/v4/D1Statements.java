package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.SqlStatements;
import symbolai.mcp.api.ToolException;

/** Runs SQL as Cloudflare's D1 API does: several statements at once, rows as objects or as lists. */
final class D1Statements {

    private static final int MALFORMED = 7400;
    private static final int MOST_ROWS = 100_000;
    private static final int MOST_BYTES = 12 << 20;
    private static final int LONGEST_CELL = 2_000_000;

    Future<V4Answer> query(V4Request request) {
        return run(request, D1Statements::objects);
    }

    Future<V4Answer> raw(V4Request request) {
        return run(request, D1Statements::columnsAndRows);
    }

    private static Future<V4Answer> run(V4Request request, Function<JsonObject, Object> shape) {
        var statements = statements(request.object());
        var arguments = new JsonObject()
                .put("databaseId", D1Routes.databaseId(request))
                .put("statements", statements)
                .put(
                        "caps",
                        new JsonObject()
                                .put("rows", MOST_ROWS)
                                .put("bytes", MOST_BYTES)
                                .put("cellCharacters", LONGEST_CELL));
        return request.account()
                .reply("d1.query", arguments, access(statements))
                .map(Reply::json)
                .map(reply -> answer(reply.getJsonArray("results"), shape))
                .recover(D1Statements::failed);
    }

    /** Cloudflare's messages end so, and clients look for it. */
    private static <T> Future<T> failed(Throwable failure) {
        return failure instanceof ToolException known && known.reason() == ToolException.Reason.INVALID
                ? Future.failedFuture(new V4Error(400, ErrorCodes.SQL.invalid(), known.getMessage() + ": SQLITE_ERROR"))
                : ErrorCodes.SQL.failed(failure);
    }

    private static JsonArray statements(JsonObject body) {
        if (body.getValue("batch") instanceof JsonArray batch && !batch.isEmpty()) {
            var all = new JsonArray();
            for (var element : batch) {
                if (!(element instanceof JsonObject statement)) {
                    throw malformed("each element of batch must be an object with sql");
                }
                all.addAll(split(statement));
            }
            return all;
        }
        return split(body);
    }

    /** The SQL of one element may hold several statements, unless there are parameters. */
    private static JsonArray split(JsonObject element) {
        if (!(element.getValue("sql") instanceof String sql)) {
            throw malformed("sql must be a string");
        }
        var params = params(element);
        var texts = texts(sql);
        if (!params.isEmpty() && texts.size() > 1) {
            throw malformed("A prepared SQL statement must contain only one statement.");
        }
        var statements = new JsonArray();
        for (var text : texts) {
            var statement = new JsonObject().put("sql", text);
            statements.add(params.isEmpty() ? statement : statement.put("params", params));
        }
        return statements;
    }

    private static List<String> texts(String sql) {
        try {
            var texts = SqlStatements.texts(sql);
            if (texts.isEmpty()) {
                throw new V4Error(400, ErrorCodes.SQL.invalid(), "No SQL statements detected.");
            }
            return texts;
        } catch (ToolException illegal) {
            throw new V4Error(400, ErrorCodes.SQL.invalid(), illegal.getMessage() + ": SQLITE_ERROR");
        }
    }

    private static JsonArray params(JsonObject element) {
        if (!element.containsKey("params")) {
            return new JsonArray();
        }
        if (!(element.getValue("params") instanceof JsonArray params)) {
            throw malformed("Expected array, received "
                    + (element.getValue("params") == null ? "null" : "something else") + " at \"params\"");
        }
        if (params.stream().anyMatch(value -> value instanceof JsonObject || value instanceof JsonArray)) {
            throw malformed("each parameter must be a string, a number, a boolean or null");
        }
        return params;
    }

    /** Only what certainly changes nothing is sent as a read; the account sees to it that this is true. */
    private static Access access(JsonArray statements) {
        var reads = new ArrayList<Boolean>();
        for (var index = 0; index < statements.size(); index++) {
            reads.add(reads(statements.getJsonObject(index).getString("sql")));
        }
        return reads.contains(false) ? Access.WRITE : Access.READ;
    }

    private static boolean reads(String sql) {
        var first = SqlStatements.single(sql).get(0);
        return first.is("SELECT") || first.is("VALUES") || first.is("EXPLAIN");
    }

    private static V4Answer answer(JsonArray results, Function<JsonObject, Object> shape) {
        var answers = new JsonArray();
        for (var index = 0; index < results.size(); index++) {
            var result = results.getJsonObject(index);
            if (result.getBoolean("truncated")) {
                throw new V4Error(
                        400,
                        ErrorCodes.SQL.invalid(),
                        "the result is larger than " + MOST_ROWS + " rows or " + MOST_BYTES + " bytes: SQLITE_TOOBIG");
            }
            answers.add(new JsonObject()
                    .put("results", shape.apply(result))
                    .put("success", true)
                    .put("meta", meta(result)));
        }
        return V4Answer.result(answers);
    }

    /** Rows that a statement had to look at are not counted here, so those it gave stand for them. */
    private static JsonObject meta(JsonObject result) {
        var changes = result.getLong("changes");
        var duration = result.getDouble("durationMs");
        return new JsonObject()
                .put("served_by", "symbolai-mcp")
                .put("served_by_primary", true)
                .put("duration", duration)
                .put("timings", new JsonObject().put("sql_duration_ms", duration))
                .put("changes", changes)
                .put("changed_db", changes > 0)
                .put("last_row_id", result.getLong("lastRowId", 0L))
                .put("rows_read", result.getJsonArray("rows").size())
                .put("rows_written", changes);
    }

    private static Object columnsAndRows(JsonObject result) {
        var rows = new JsonArray();
        for (var index = 0; index < result.getJsonArray("rows").size(); index++) {
            var row = new JsonArray();
            result.getJsonArray("rows").getJsonArray(index).forEach(cell -> row.add(cell(cell)));
            rows.add(row);
        }
        return new JsonObject().put("columns", result.getJsonArray("columns")).put("rows", rows);
    }

    /** Of columns with the same name, the last one stays. */
    private static Object objects(JsonObject result) {
        var columns = result.getJsonArray("columns");
        var rows = new JsonArray();
        for (var index = 0; index < result.getJsonArray("rows").size(); index++) {
            var cells = result.getJsonArray("rows").getJsonArray(index);
            var row = new JsonObject();
            for (var column = 0; column < columns.size(); column++) {
                row.put(columns.getString(column), cell(cells.getValue(column)));
            }
            rows.add(row);
        }
        return rows;
    }

    /** A blob is a list of its bytes. */
    private static @Nullable Object cell(@Nullable Object cell) {
        if (!(cell instanceof JsonObject blob)) {
            return cell;
        }
        var bytes = new JsonArray();
        for (var octet : Base64.getDecoder().decode(blob.getString("base64"))) {
            bytes.add(octet & 0xff);
        }
        return bytes;
    }

    private static V4Error malformed(String message) {
        return new V4Error(400, MALFORMED, message);
    }
}

package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import symbolai.mcp.api.Preview;
import symbolai.mcp.api.ToolCall;
import symbolai.mcp.api.ToolException;

/** Tells what statements would do to a database, for the person who approves them; looks at it as it is before the first of them. */
final class StatementPreview {

    /** Those after these are shown without being looked at. */
    private static final int MOST_LOOKED_AT = 20;

    private static final String UNKNOWN = "how many rows it changes cannot be told";

    private final SqlGate gate = new SqlGate();
    private final AffectedRows affected = new AffectedRows();

    /** The database alone, for tools whose arguments say the rest. */
    Future<Preview> database(ToolCall call) {
        return new D1Client(call)
                .find(call.arguments().getString("databaseId"))
                .map(database -> Preview.of(words(database), database.uuid()));
    }

    Future<Preview> statements(ToolCall call) {
        var statements = call.arguments().getJsonArray("statements").stream()
                .map(JsonObject.class::cast)
                .map(D1Statement::from)
                .toList();
        var client = new D1Client(call);
        return client.find(call.arguments().getString("databaseId"))
                .compose(database -> steps(client, database, statements, List.of())
                        .map(steps -> new Preview(words(database), database.uuid(), steps)));
    }

    private static String words(D1Database database) {
        return "the D1 database %s (%s)".formatted(database.name(), database.uuid());
    }

    /** One after another: the connection has a budget. */
    private Future<List<Preview.Step>> steps(
            D1Client client, D1Database database, List<D1Statement> statements, List<Preview.Step> done) {
        if (done.size() == Math.min(MOST_LOOKED_AT, statements.size())) {
            return Future.succeededFuture(Stream.concat(
                            done.stream(),
                            statements.stream()
                                    .skip(done.size())
                                    .map(rest -> step(rest, List.of(), OptionalLong.empty(), "not looked at")))
                    .toList());
        }
        return step(client, database, statements.get(done.size()))
                .map(step -> Stream.concat(done.stream(), Stream.of(step)).toList())
                .compose(more -> steps(client, database, statements, more));
    }

    private Future<Preview.Step> step(D1Client client, D1Database database, D1Statement statement) {
        return plan(client, database, statement)
                .compose(plan -> rows(client, database, statement)
                        .map(rows -> step(statement, plan, rows, rows.isPresent() ? "" : UNKNOWN)))
                .otherwise(failure -> step(statement, List.of(), OptionalLong.empty(), reason(failure)));
    }

    private static String reason(Throwable failure) {
        return failure instanceof ToolException told
                ? "it could not be looked at: " + told.getMessage()
                : "it could not be looked at";
    }

    private static Preview.Step step(D1Statement statement, List<String> plan, OptionalLong rows, String note) {
        var values = statement.params().isEmpty()
                ? ""
                : "values: " + statement.params().encode();
        var notes = values.isEmpty() || note.isEmpty() ? values + note : values + "; " + note;
        return new Preview.Step(statement.sql(), plan, rows, notes);
    }

    private Future<List<String>> plan(D1Client client, D1Database database, D1Statement statement) {
        if (gate.check(statement.sql()).verb().equals("PRAGMA")) {
            return Future.succeededFuture(List.of()); // Some of them act when they are explained.
        }
        var explained = new D1Statement("EXPLAIN QUERY PLAN " + statement.sql(), statement.params());
        return client.query(database.uuid(), List.of(explained), ResultCaps.forQuery(true))
                .map(results -> lines(results.get(0).eachRow()));
    }

    /** Each line has its id, the id of the line that it belongs to, a number without meaning, and a text. */
    private static List<String> lines(List<JsonArray> rows) {
        Map<Object, Integer> depths = new HashMap<>();
        var lines = new ArrayList<String>();
        for (var row : rows) {
            var depth = Optional.ofNullable(depths.get(row.getValue(1)))
                    .map(above -> above + 1)
                    .orElse(0);
            depths.put(row.getValue(0), depth);
            lines.add("  ".repeat(depth) + row.getValue(3));
        }
        return lines;
    }

    private Future<OptionalLong> rows(D1Client client, D1Database database, D1Statement statement) {
        var listed = affected.listed(statement);
        if (listed.isPresent()) {
            return Future.succeededFuture(listed);
        }
        return affected.counting(statement)
                .map(counting -> count(client, database, counting))
                .orElseGet(() -> Future.succeededFuture(OptionalLong.empty()));
    }

    private Future<OptionalLong> count(D1Client client, D1Database database, D1Statement counting) {
        gate.checkRead(counting.sql());
        return client.query(database.uuid(), List.of(counting), ResultCaps.forQuery(true))
                .map(results -> OptionalLong.of(
                        ((Number) results.get(0).eachRow().get(0).getValue(0)).longValue()))
                .otherwise(OptionalLong.empty());
    }
}

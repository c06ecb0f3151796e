package symbolai.mcp.plugins.cloudflare.remote;

import static symbolai.mcp.plugins.cloudflare.remote.Server.BINDINGS;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.sql.BoundStatement;
import symbolai.mcp.plugins.cloudflare.sql.ReadGate;
import symbolai.mcp.plugins.cloudflare.sql.RowCaps;

/** Carries out the operations of D1 by tools of the bindings server. */
final class RemoteD1 {

    private static final int PAGE = 100;

    private final RemoteClient client;

    RemoteD1(RemoteClient client) {
        this.client = client;
    }

    Future<JsonObject> list(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        var arguments = new JsonObject().put("page", page).put("per_page", perPage);
        Optional.ofNullable(operation.arguments().getString("name")).ifPresent(name -> arguments.put("name", name));
        return client.call(BINDINGS, ToolTable.D1_LIST, arguments, operation).map(text -> page(text, page, perPage));
    }

    Future<JsonObject> get(Operation operation) {
        return client.call(BINDINGS, ToolTable.D1_GET, id(operation), operation).map(RemoteD1::withSize);
    }

    Future<JsonObject> create(Operation operation) {
        var arguments = new JsonObject().put("name", operation.arguments().getString("name"));
        return client.call(BINDINGS, ToolTable.D1_CREATE, arguments, operation)
                .map(text -> database(text.object()).orElseThrow(() -> text.unusable("a database is expected")));
    }

    Future<JsonObject> delete(Operation operation) {
        return client.call(BINDINGS, ToolTable.D1_DELETE, id(operation), operation)
                .map(done -> new JsonObject());
    }

    /** D1 runs statements that are joined by semicolons as one batch; they cannot have parameters then. The tool cannot be told to read only. */
    Future<JsonObject> query(Operation operation) {
        var statements = operation.arguments().getJsonArray("statements");
        if (operation.access() == Operation.Access.READ) {
            Fields.all(statements).forEach(statement -> ReadGate.check(statement.required("sql")));
        }
        var arguments = id(operation);
        if (statements.size() == 1) {
            var bound = BoundStatement.of(statements.getJsonObject(0));
            arguments.put("sql", bound.sql());
            arguments.put("params", bound.params().isEmpty() ? null : new JsonArray(bound.params()));
        } else {
            arguments.put("sql", joined(statements)).putNull("params");
        }
        var caps = RowCaps.of(operation.arguments());
        return client.call(BINDINGS, ToolTable.D1_QUERY, arguments, operation)
                .map(text -> results(text, statements.size(), caps));
    }

    private static String joined(JsonArray statements) {
        return statements.stream()
                .map(JsonObject.class::cast)
                .map(statement -> BoundStatement.literal(statement).sql())
                .collect(Collectors.joining(";\n"));
    }

    private static JsonObject id(Operation operation) {
        return new JsonObject()
                .put(
                        "database_id",
                        operation.arguments().getString("databaseId").toLowerCase(Locale.ROOT));
    }

    private static JsonObject page(ToolText text, int page, int perPage) {
        var answer = text.object();
        if (!(answer.json().getValue("result") instanceof JsonArray)) {
            throw text.unusable("a list of databases is expected");
        }
        var found = answer.each("result").stream()
                .map(RemoteD1::database)
                .flatMap(Optional::stream)
                .toList();
        var result = new JsonObject().put("databases", new JsonArray(found));
        return Paging.hasNext(answer.at("result_info"), page, perPage, found.size())
                ? result.put("nextPage", page + 1)
                : result;
    }

    private static JsonObject withSize(ToolText text) {
        var database = database(text.object()).orElseThrow(() -> text.unusable("a database is expected"));
        return database.containsKey("fileSize") ? database : database.put("fileSize", 0);
    }

    private static Optional<JsonObject> database(Fields found) {
        var uuid = found.filled("uuid");
        var name = found.filled("name");
        if (uuid.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        var database = new JsonObject().put("uuid", uuid.get()).put("name", name.get());
        found.time("created_at").ifPresent(time -> database.put("createdAt", time));
        found.count("file_size").ifPresent(size -> database.put("fileSize", size));
        return Optional.of(database);
    }

    private static JsonObject results(ToolText text, int expected, RowCaps caps) {
        var found = Fields.each(text.json());
        if (found.size() != expected) {
            throw text.unusable(expected + " results are expected, and these are " + found.size());
        }
        var results = new JsonArray();
        found.forEach(result -> results.add(result(result, caps)));
        return new JsonObject().put("results", results);
    }

    /** Rows come as objects, so a name that two columns share is there once, and without rows there are no names. */
    private static JsonObject result(Fields found, RowCaps caps) {
        var objects = found.each("results");
        var columns = objects.isEmpty()
                ? List.<String>of()
                : List.copyOf(objects.get(0).json().fieldNames());
        var rows = new ArrayList<JsonArray>();
        objects.forEach(object -> rows.add(row(object, columns)));
        var meta = found.at("meta");
        return caps.result(
                columns,
                rows,
                meta.count("changes").orElse(0L),
                meta.number("last_row_id").map(Number::longValue).orElse(0L),
                meta.number("duration").map(Number::doubleValue).orElse(0.0));
    }

    private static JsonArray row(Fields object, List<String> columns) {
        var row = new JsonArray();
        columns.forEach(column -> row.add(object.json().getValue(column)));
        return row;
    }
}

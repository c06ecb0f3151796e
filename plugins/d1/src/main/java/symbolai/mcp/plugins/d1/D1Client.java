package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;

/** The operations of D1 as methods, on the connection and within the deadline of one call. */
final class D1Client {

    private static final Pattern UUID =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);
    private static final int PER_PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final Call call;

    D1Client(Call call) {
        this.call = call;
    }

    Future<D1Page> list(Optional<String> name, int page, int perPage) {
        var arguments = new JsonObject().put("page", page).put("perPage", perPage);
        name.ifPresent(text -> arguments.put("name", text));
        return call.read("d1.list", arguments).map(D1Page::from);
    }

    /** The database with this UUID or exactly this name. */
    Future<D1Database> find(String idOrName) {
        if (UUID.matcher(idOrName).matches()) {
            var id = idOrName.toLowerCase(Locale.ROOT);
            return call.read("d1.get", new JsonObject().put("databaseId", id)).map(D1Database::from);
        }
        return findByName(idOrName, 1)
                .compose(database -> call.read("d1.get", id(database)).map(D1Database::from));
    }

    /** The UUID of the database with this UUID or exactly this name; a UUID is not looked up. */
    Future<String> findId(String idOrName) {
        return UUID.matcher(idOrName).matches()
                ? Future.succeededFuture(idOrName.toLowerCase(Locale.ROOT))
                : findByName(idOrName, 1).map(D1Database::uuid);
    }

    Future<D1Database> create(String name) {
        return call.write("d1.create", new JsonObject().put("name", name)).map(D1Database::from);
    }

    Future<Void> delete(D1Database database) {
        return call.write("d1.delete", id(database)).mapEmpty();
    }

    /** Runs the statements in one transaction that can change nothing. */
    Future<List<D1Result>> query(String uuid, List<D1Statement> statements, ResultCaps caps) {
        return call.read("d1.query", queryArguments(uuid, statements, caps)).map(D1Client::results);
    }

    /** Runs the statements in one transaction. */
    Future<List<D1Result>> execute(String uuid, List<D1Statement> statements, ResultCaps caps) {
        return call.write("d1.query", queryArguments(uuid, statements, caps)).map(D1Client::results);
    }

    /** An export as it stands; its bytes come when it is complete. */
    Future<Reply> export(JsonObject arguments) {
        return call.connection().invoke(Operation.read("d1.export", arguments, call));
    }

    Future<JsonObject> importSql(String uuid, String sql) {
        return call.write("d1.import", new JsonObject().put("databaseId", uuid).put("sql", sql));
    }

    /** How an import that goes on by itself stands. */
    Future<JsonObject> importGoesOn(String uuid, String bookmark) {
        return call.write("d1.import", new JsonObject().put("databaseId", uuid).put("bookmark", bookmark));
    }

    Future<JsonObject> bookmark(String uuid, Optional<Instant> at) {
        var arguments = new JsonObject().put("databaseId", uuid);
        at.ifPresent(time -> arguments.put("at", time.toString()));
        return call.read("d1.bookmark", arguments);
    }

    Future<JsonObject> restore(D1Database database, String bookmark) {
        return call.write("d1.restore", id(database).put("bookmark", bookmark));
    }

    Future<JsonObject> insights(JsonObject arguments) {
        return call.read("d1.insights", arguments);
    }

    private Future<D1Database> findByName(String name, int page) {
        return list(Optional.of(name), page, PER_PAGE).compose(found -> pick(name, page, found));
    }

    private Future<D1Database> pick(String name, int page, D1Page found) {
        var match = found.databases().stream()
                .filter(database -> database.name().equals(name))
                .findFirst();
        if (match.isPresent()) {
            return Future.succeededFuture(match.get());
        }
        if (found.nextPage().isPresent() && page < MOST_PAGES) {
            return findByName(name, page + 1);
        }
        return Future.failedFuture(new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no D1 database named \"" + Quoted.text(name)
                        + "\"; d1_list_databases names those there are"));
    }

    private static JsonObject id(D1Database database) {
        return new JsonObject().put("databaseId", database.uuid());
    }

    private static JsonObject queryArguments(String uuid, List<D1Statement> statements, ResultCaps caps) {
        var json = new JsonArray();
        statements.stream().map(D1Statement::toJson).forEach(json::add);
        return new JsonObject().put("databaseId", uuid).put("statements", json).put("caps", caps.toJson());
    }

    private static List<D1Result> results(JsonObject json) {
        return json.getJsonArray("results").stream()
                .map(JsonObject.class::cast)
                .map(D1Result::from)
                .toList();
    }
}

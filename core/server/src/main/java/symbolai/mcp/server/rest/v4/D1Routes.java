package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Cloudflare's D1 API: databases, statements and time travel. */
final class D1Routes {

    private static final String DATABASES = "/accounts/{account}/d1/database";
    private static final String DATABASE = DATABASES + "/{database}";
    private static final Pattern UUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final D1Statements statements = new D1Statements();

    List<V4Route> routes() {
        return List.of(
                V4Route.of("GET", DATABASES, D1Routes::list),
                V4Route.of("POST", DATABASES, D1Routes::create),
                V4Route.of("GET", DATABASE, D1Routes::get),
                V4Route.of("PATCH", DATABASE, D1Routes::get),
                V4Route.of("PUT", DATABASE, D1Routes::get),
                V4Route.of("DELETE", DATABASE, D1Routes::delete),
                V4Route.of("POST", DATABASE + "/query", V4Route.MEDIUM, statements::query),
                V4Route.of("POST", DATABASE + "/raw", V4Route.MEDIUM, statements::raw),
                V4Route.of("GET", DATABASE + "/time_travel/bookmark", D1Routes::bookmark),
                V4Route.of("POST", DATABASE + "/time_travel/restore", D1Routes::restore));
    }

    /** The id that the path names. */
    static String databaseId(V4Request request) {
        var id = request.variable("database");
        if (!UUID.matcher(id).matches()) {
            throw new V4Error(404, 7404, "The database " + id + " could not be found");
        }
        return id.toLowerCase(Locale.ROOT);
    }

    private static Future<V4Answer> list(V4Request request) {
        var arguments = new JsonObject();
        request.parameter("name").ifPresent(name -> arguments.put("name", name));
        return Paging.of(request, 1000, 10_000)
                .answer(request.account(), "d1.list", arguments, "databases", D1Routes::database)
                .recover(ErrorCodes.D1::failed);
    }

    private static Future<V4Answer> create(V4Request request) {
        var name = request.object().getValue("name");
        if (!(name instanceof String text) || !text.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new V4Error(400, 7400, "name must be 1 to 64 letters, digits, _ and -");
        }
        return request.account()
                .write("d1.create", new JsonObject().put("name", text))
                .map(made -> V4Answer.result(database(made)))
                .recover(ErrorCodes.D1::failed);
    }

    /** By its id, or as wrangler asks, by its name. What a change would change does not exist here, so nothing is changed. */
    private static Future<V4Answer> get(V4Request request) {
        var given = request.variable("database");
        if (UUID.matcher(given).matches()) {
            return request.account()
                    .read("d1.get", new JsonObject().put("databaseId", databaseId(request)))
                    .map(found -> V4Answer.result(database(found)))
                    .recover(ErrorCodes.D1::failed);
        }
        return request.account()
                .read("d1.list", new JsonObject().put("name", given).put("perPage", 100))
                .map(found -> named(found, given))
                .recover(ErrorCodes.D1::failed);
    }

    private static V4Answer named(JsonObject found, String name) {
        return found.getJsonArray("databases").stream()
                .map(JsonObject.class::cast)
                .filter(database -> database.getString("name").equals(name))
                .findFirst()
                .map(database -> V4Answer.result(database(database)))
                .orElseThrow(() -> new V4Error(404, 7404, "The database " + name + " could not be found"));
    }

    private static Future<V4Answer> delete(V4Request request) {
        return request.account()
                .write("d1.delete", new JsonObject().put("databaseId", databaseId(request)))
                .map(gone -> V4Answer.result(null))
                .recover(ErrorCodes.D1::failed);
    }

    private static Future<V4Answer> bookmark(V4Request request) {
        var arguments = new JsonObject().put("databaseId", databaseId(request));
        request.parameter("timestamp").ifPresent(at -> arguments.put("at", Times.instant(at)));
        return request.account()
                .read("d1.bookmark", arguments)
                .map(found -> V4Answer.result(new JsonObject().put("bookmark", found.getString("bookmark"))))
                .recover(ErrorCodes.D1::failed);
    }

    private static Future<V4Answer> restore(V4Request request) {
        var database = databaseId(request);
        return restorePoint(request, database)
                .compose(bookmark -> request.account()
                        .write(
                                "d1.restore",
                                new JsonObject().put("databaseId", database).put("bookmark", bookmark)))
                .map(D1Routes::restored)
                .recover(ErrorCodes.D1::failed);
    }

    private static Future<String> restorePoint(V4Request request, String database) {
        Optional<String> bookmark = request.parameter("bookmark");
        if (bookmark.isPresent()) {
            return Future.succeededFuture(bookmark.get());
        }
        var at = request.parameter("timestamp")
                .orElseThrow(() -> new V4Error(400, 7400, "either bookmark or timestamp must be given"));
        return request.account()
                .read(
                        "d1.bookmark",
                        new JsonObject().put("databaseId", database).put("at", Times.instant(at)))
                .map(found -> found.getString("bookmark"));
    }

    private static V4Answer restored(JsonObject reply) {
        return V4Answer.result(new JsonObject()
                .put("bookmark", reply.getString("bookmark"))
                .put("previous_bookmark", reply.getString("previousBookmark"))
                .put("message", reply.getString("message", "The database was restored.")));
    }

    private static JsonObject database(JsonObject found) {
        var database = new JsonObject()
                .put("uuid", found.getString("uuid"))
                .put("name", found.getString("name"))
                .put("version", "production")
                .put("created_at", found.getString("createdAt"));
        Optional.ofNullable(found.getLong("fileSize")).ifPresent(size -> database.put("file_size", size));
        return database;
    }
}

package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;
import symbolai.mcp.plugins.cloudflare.sql.ReadGate;

/** Carries out the operations of D1 on databases and their statements. */
final class D1Api implements Api {

    private static final int LEAST_PER_PAGE = 10;

    private final RestClient client;
    private final Logger logger;

    D1Api(RestClient client, Logger logger) {
        this.client = client;
        this.logger = logger;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of(
                "d1.list", this::list, "d1.get", this::get, "d1.query", this::query, "d1.bookmark", this::bookmark);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of(
                "d1.create",
                this::create,
                "d1.delete",
                this::delete,
                "d1.query",
                this::query,
                "d1.restore",
                this::restore);
    }

    private Future<JsonObject> list(Operation operation) {
        var page = OffsetPage.of(operation, LEAST_PER_PAGE);
        var request = page.of(RestRequest.get("d1", "database"))
                .maybe("name", Optional.ofNullable(operation.arguments().getString("name")));
        return client.send(operation, request, envelope -> page(page.cut(envelope)));
    }

    private static JsonObject page(OffsetPage.Cut cut) {
        var databases = new JsonArray();
        cut.entries().stream()
                .map(D1Api::database)
                .sorted(Comparator.comparing(database -> database.getString("name")))
                .forEach(databases::add);
        var json = new JsonObject().put("databases", databases);
        return cut.isMore() ? json.put("nextPage", cut.nextPage()) : json;
    }

    private Future<JsonObject> get(Operation operation) {
        return client.send(operation, RestRequest.get("d1", "database", id(operation)), D1Api::sized);
    }

    private Future<JsonObject> create(Operation operation) {
        var body = new JsonObject().put("name", operation.arguments().getString("name"));
        return client.send(
                operation, RestRequest.post("d1", "database").json(body), envelope -> made(envelope.object()));
    }

    /** It was made just now, also where the answer does not say so. */
    private static JsonObject made(Fields result) {
        var database = database(result);
        return database.containsKey("createdAt")
                ? database
                : database.put("createdAt", Instant.now().toString());
    }

    private Future<JsonObject> delete(Operation operation) {
        return client.send(operation, RestRequest.delete("d1", "database", id(operation)), done -> new JsonObject());
    }

    /** The API cannot be told to read only, so what may write is not sent. */
    private Future<JsonObject> query(Operation operation) {
        if (operation.access() == Operation.Access.READ) {
            Fields.all(operation.arguments().getJsonArray("statements"))
                    .forEach(statement -> ReadGate.check(statement.required("sql")));
        }
        var statements = D1Statements.of(operation.arguments());
        var request = RestRequest.post("d1", "database", id(operation), "raw").json(statements.body());
        var results = new D1Results(operation, logger);
        return client.send(operation, request, envelope -> results.read(envelope.array(), statements.count()));
    }

    private Future<JsonObject> bookmark(Operation operation) {
        var at = Optional.ofNullable(operation.arguments().getString("at"));
        var request = RestRequest.get("d1", "database", id(operation), "time_travel", "bookmark")
                .maybe("timestamp", at);
        return client.send(
                operation,
                request,
                envelope -> new Shape()
                        .put("bookmark", envelope.object().required("bookmark"))
                        .maybe("at", at)
                        .json());
    }

    private Future<JsonObject> restore(Operation operation) {
        var request = RestRequest.post("d1", "database", id(operation), "time_travel", "restore")
                .with("bookmark", operation.arguments().getString("bookmark"));
        return client.send(operation, request, envelope -> restored(envelope.object()));
    }

    private static JsonObject restored(Fields result) {
        return new Shape()
                .put("bookmark", result.required("bookmark"))
                .put("previousBookmark", result.required("previous_bookmark"))
                .maybe("message", result.filled("message"))
                .json();
    }

    private static JsonObject sized(Envelope envelope) {
        var database = database(envelope.object());
        return database.containsKey("fileSize") ? database : database.put("fileSize", 0);
    }

    private static JsonObject database(Fields result) {
        return new Shape()
                .put("uuid", result.required("uuid"))
                .put("name", result.required("name"))
                .maybe("createdAt", result.time("created_at"))
                .maybe("fileSize", result.count("file_size"))
                .json();
    }

    static String id(Operation operation) {
        return operation.arguments().getString("databaseId");
    }
}

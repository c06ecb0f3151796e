package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations of KV on namespaces and the names of keys. */
final class KvApi implements Api {

    private static final int LEAST_KEYS = 10;
    private static final int MOST_KEYS = 1000;

    private final RestClient client;

    KvApi(RestClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("kv.namespaces.list", this::list, "kv.keys.list", this::keys);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of(
                "kv.namespaces.create", this::create,
                "kv.namespaces.rename", this::rename,
                "kv.namespaces.delete", this::delete);
    }

    /** A request below a namespace. */
    static String[] path(Operation operation, String... rest) {
        var path = new String[rest.length + 4];
        path[0] = "storage";
        path[1] = "kv";
        path[2] = "namespaces";
        path[3] = operation.arguments().getString("namespaceId");
        System.arraycopy(rest, 0, path, 4, rest.length);
        return path;
    }

    private Future<JsonObject> list(Operation operation) {
        var page = OffsetPage.of(operation, 1);
        var request = page.of(RestRequest.get("storage", "kv", "namespaces"))
                .with("order", "title")
                .with("direction", "asc");
        return client.send(operation, request, envelope -> page(page.cut(envelope)));
    }

    private static JsonObject page(OffsetPage.Cut cut) {
        var namespaces = new JsonArray();
        cut.entries().stream().map(KvApi::namespace).forEach(namespaces::add);
        var json = new JsonObject().put("namespaces", namespaces);
        return cut.isMore() ? json.put("nextPage", cut.nextPage()) : json;
    }

    private Future<JsonObject> create(Operation operation) {
        var request = RestRequest.post("storage", "kv", "namespaces").json(title(operation));
        return client.send(operation, request, envelope -> namespace(envelope.object()));
    }

    /** Some answers to this have no result, so ours is what was asked for. */
    private Future<JsonObject> rename(Operation operation) {
        var arguments = operation.arguments();
        return client.send(
                operation,
                RestRequest.put(path(operation)).json(title(operation)),
                done -> new JsonObject()
                        .put("id", arguments.getString("namespaceId"))
                        .put("title", arguments.getString("title")));
    }

    private Future<JsonObject> delete(Operation operation) {
        return client.send(operation, RestRequest.delete(path(operation)), done -> new JsonObject());
    }

    private static JsonObject title(Operation operation) {
        return new JsonObject().put("title", operation.arguments().getString("title"));
    }

    private Future<JsonObject> keys(Operation operation) {
        var arguments = operation.arguments();
        var limit = Math.min(MOST_KEYS, arguments.getInteger("limit", MOST_KEYS));
        var at = SkipCursor.of(Optional.ofNullable(arguments.getString("cursor")));
        var asked = Math.min(MOST_KEYS, Math.max(LEAST_KEYS, at.skip() + limit));
        var request = RestRequest.get(path(operation, "keys"))
                .with("limit", asked)
                .maybe("prefix", Optional.ofNullable(arguments.getString("prefix")))
                .maybe("cursor", at.upstream());
        return client.send(operation, request, envelope -> keys(envelope, at, limit));
    }

    private static JsonObject keys(Envelope envelope, SkipCursor at, int limit) {
        var all = Fields.all(envelope.array());
        var keys = new JsonArray();
        all.stream().skip(at.skip()).limit(limit).map(KvApi::key).forEach(keys::add);
        var next = at.after(keys.size(), all.size(), envelope.info().filled("cursor"));
        return new Shape()
                .put("keys", keys)
                .maybe("cursor", next.map(SkipCursor::text))
                .json();
    }

    private static JsonObject key(Fields key) {
        return new Shape()
                .put("name", key.required("name"))
                .maybe("expiration", expiration(key.count("expiration")))
                .maybe("metadata", key.value("metadata"))
                .json();
    }

    /** Cloudflare counts seconds. */
    static Optional<String> expiration(Optional<Long> seconds) {
        return seconds.filter(since -> since > 0 && since < Instant.MAX.getEpochSecond() / 1_000_000)
                .map(since -> Instant.ofEpochSecond(since).toString());
    }

    private static JsonObject namespace(Fields namespace) {
        return new Shape()
                .put("id", namespace.required("id"))
                .put("title", namespace.required("title"))
                .maybe("jurisdiction", namespace.filled("jurisdiction"))
                .json();
    }
}

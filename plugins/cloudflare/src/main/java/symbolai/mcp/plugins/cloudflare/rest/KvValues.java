package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.HttpReply;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations of KV on single values. */
final class KvValues implements Api {

    private static final int NO_SUCH_KEY = 10009;
    private static final long MAX_VALUE = 26L << 20;

    private final RestClient client;

    KvValues(RestClient client) {
        this.client = client;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("kv.values.get", this::get);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("kv.values.put", this::put, "kv.values.delete", this::delete);
    }

    private Future<JsonObject> get(Operation operation) {
        var key = operation.arguments().getString("key");
        return get(operation, key, operation.arguments().getInteger("maxBytes"))
                .compose(value -> metadata(operation, key)
                        .map(metadata ->
                                new Shape().maybe("metadata", metadata).json().mergeIn(value)));
    }

    /** A value without its metadata. */
    Future<JsonObject> get(Operation operation, String key, int maxBytes) {
        var request = RestRequest.get(KvApi.path(operation, "values", key)).atMost(MAX_VALUE);
        return client.raw(operation, request, reply -> value(reply, maxBytes));
    }

    private Future<Optional<Object>> metadata(Operation operation, String key) {
        var request = RestRequest.get(KvApi.path(operation, "metadata", key)).orAbsent(NO_SUCH_KEY);
        return client.send(operation, request, Envelope::result);
    }

    private static JsonObject value(HttpReply reply, int maxBytes) {
        var seconds = reply.header("expiration")
                .filter(value -> value.matches("\\d{1,12}"))
                .map(Long::valueOf);
        return new Shape()
                .put("bytes", reply.body().length())
                .put("truncated", reply.body().length() > maxBytes)
                .maybe("expiration", KvApi.expiration(seconds))
                .json()
                .mergeIn(Octets.of(reply.body(), maxBytes));
    }

    private Future<JsonObject> put(Operation operation) {
        var arguments = operation.arguments();
        var request = RestRequest.put(KvApi.path(operation, "values", arguments.getString("key")))
                .maybe("expiration", expiration(arguments))
                .maybe("expiration_ttl", Optional.ofNullable(arguments.getInteger("expirationTtl")));
        return client.send(operation, withValue(request, arguments), done -> new JsonObject());
    }

    private static RestRequest withValue(RestRequest request, JsonObject arguments) {
        var value = Octets.given(arguments);
        var metadata = Optional.ofNullable(arguments.getValue("metadata"));
        if (metadata.isEmpty()) {
            return request.body("application/octet-stream", value);
        }
        var form = new Multipart()
                .part("value", Optional.empty(), "application/octet-stream", value)
                .part("metadata", Optional.empty(), "application/json", Buffer.buffer(Json.encode(metadata.get())));
        return request.body(form.mediaType(), form.body());
    }

    /** Our operations give a time, Cloudflare takes seconds. */
    static Optional<Long> expiration(JsonObject arguments) {
        return Optional.ofNullable(arguments.getString("expiration"))
                .map(time -> OffsetDateTime.parse(time).toEpochSecond());
    }

    private Future<JsonObject> delete(Operation operation) {
        var request = RestRequest.delete(
                        KvApi.path(operation, "values", operation.arguments().getString("key")))
                .orAbsent(NO_SUCH_KEY);
        return client.send(operation, request, done -> new JsonObject());
    }
}

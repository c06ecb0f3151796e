package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.backend.Malformed;
import symbolai.mcp.plugins.cloudflare.backend.Shape;

/** Carries out the operations of KV on many values at once. */
final class KvBulk implements Api {

    private static final long MAX_ANSWER = 32L << 20;
    /** What stands in a text for bytes that were none; such a value is read again by itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private final RestClient client;
    private final KvValues values;

    KvBulk(RestClient client, KvValues values) {
        this.client = client;
        this.values = values;
    }

    @Override
    public Map<String, Handler> reads() {
        return Map.of("kv.bulk.get", this::get);
    }

    @Override
    public Map<String, Handler> writes() {
        return Map.of("kv.bulk.put", this::put, "kv.bulk.delete", this::delete);
    }

    private Future<JsonObject> get(Operation operation) {
        var keys = operation.arguments().getJsonArray("keys").stream()
                .map(String.class::cast)
                .distinct()
                .toList();
        var body = new JsonObject()
                .put("keys", new JsonArray(keys))
                .put("type", "text")
                .put("withMetadata", true);
        var request = RestRequest.post(KvApi.path(operation, "bulk", "get"))
                .json(body)
                .atMost(MAX_ANSWER);
        return client.send(operation, request, KvBulk::found).compose(found -> collected(operation, keys, found));
    }

    private static Fields found(Envelope envelope) {
        return envelope.object().object("values").orElseThrow(() -> new Malformed("it has no values"));
    }

    private Future<JsonObject> collected(Operation operation, List<String> keys, Fields found) {
        var collected =
                Future.succeededFuture(new Collected(operation.arguments().getInteger("maxBytes")));
        for (var key : keys) {
            collected = collected.compose(
                    so -> one(operation, key, found.value(key)).map(value -> so.add(key, value)));
        }
        return collected.map(Collected::json);
    }

    private Future<Optional<JsonObject>> one(Operation operation, String key, Optional<Object> entry) {
        if (entry.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        var fields = entry.get() instanceof JsonObject object
                ? Fields.of(object)
                : Fields.of(new JsonObject().put("value", entry.get()));
        var text = fields.text("value");
        if (text.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        var metadata = new Shape()
                .put("key", key)
                .maybe("metadata", fields.value("metadata"))
                .json();
        var sure = text.get().indexOf(REPLACEMENT) < 0 && text.get().indexOf('\0') < 0;
        return sure
                ? Future.succeededFuture(Optional.of(metadata.put("text", text.get())))
                : values.get(operation, key, Integer.MAX_VALUE).map(value -> Optional.of(withBytes(metadata, value)));
    }

    private static JsonObject withBytes(JsonObject metadata, JsonObject value) {
        var field = value.containsKey("text") ? "text" : "base64";
        return metadata.put(field, value.getString(field));
    }

    private Future<JsonObject> put(Operation operation) {
        var entries = new JsonArray();
        for (var given : operation.arguments().getJsonArray("entries")) {
            entries.add(entry((JsonObject) given));
        }
        return client.send(
                operation,
                RestRequest.put(KvApi.path(operation, "bulk")).json(entries),
                envelope -> outcome("written", entries.size(), envelope));
    }

    private static JsonObject entry(JsonObject given) {
        var isText = given.containsKey("text");
        return new Shape()
                .put("key", given.getString("key"))
                .put("value", given.getString(isText ? "text" : "base64"))
                .maybe("base64", isText ? Optional.empty() : Optional.of(true))
                .maybe("expiration", KvValues.expiration(given))
                .maybe("expiration_ttl", Optional.ofNullable(given.getInteger("expirationTtl")))
                .maybe("metadata", Optional.ofNullable(given.getValue("metadata")))
                .json();
    }

    private Future<JsonObject> delete(Operation operation) {
        var keys = operation.arguments().getJsonArray("keys");
        return client.send(
                operation,
                RestRequest.post(KvApi.path(operation, "bulk", "delete")).json(keys),
                envelope -> outcome("deleted", keys.size(), envelope));
    }

    /** Older answers to this have no result; then all went well. */
    private static JsonObject outcome(String counted, int size, Envelope envelope) {
        var result = envelope.result().isPresent() ? envelope.object() : Fields.of(new JsonObject());
        var failed = result.texts("unsuccessful_keys");
        return new JsonObject()
                .put(counted, result.count("successful_key_count").orElse((long) size - failed.size()))
                .put("failed", new JsonArray(failed));
    }

    /** Values that were found, until they are more than is wanted. */
    private static final class Collected {

        private final JsonArray found = new JsonArray();
        private final JsonArray missing = new JsonArray();
        private final JsonArray omitted = new JsonArray();
        private long bytesLeft;

        Collected(long maxBytes) {
            this.bytesLeft = maxBytes;
        }

        Collected add(String key, Optional<JsonObject> value) {
            if (value.isEmpty()) {
                missing.add(key);
                return this;
            }
            var size = value.get().encode().getBytes(StandardCharsets.UTF_8).length;
            if (size > bytesLeft) {
                omitted.add(key);
                return this;
            }
            bytesLeft -= size;
            found.add(value.get());
            return this;
        }

        JsonObject json() {
            return new JsonObject().put("values", found).put("missing", missing).put("omitted", omitted);
        }
    }
}

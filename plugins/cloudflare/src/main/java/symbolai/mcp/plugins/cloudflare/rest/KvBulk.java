package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
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
                    so -> one(operation, key, found.value(key), so.bytesLeft).map(value -> so.add(key, value)));
        }
        return collected.map(Collected::json);
    }

    private Future<Found> one(Operation operation, String key, Optional<Object> entry, long room) {
        if (entry.isEmpty()) {
            return Future.succeededFuture(Found.MISSING);
        }
        var fields = entry.get() instanceof JsonObject object
                ? Fields.of(object)
                : Fields.of(new JsonObject().put("value", entry.get()));
        var text = fields.text("value");
        if (text.isEmpty()) {
            return Future.succeededFuture(Found.MISSING);
        }
        // A character is a byte at least.
        if (text.get().length() > room) {
            return Future.succeededFuture(Found.OMITTED);
        }
        var metadata = new Shape()
                .put("key", key)
                .maybe("metadata", fields.value("metadata"))
                .json();
        var sure = text.get().indexOf(REPLACEMENT) < 0 && text.get().indexOf('\0') < 0;
        return sure
                ? Future.succeededFuture(Found.of(metadata.put("text", text.get())))
                : values.get(operation, key, (int) room)
                        .map(value -> withBytes(metadata, value))
                        .recover(KvBulk::missing);
    }

    private static Found withBytes(JsonObject metadata, JsonObject value) {
        if (value.getBoolean("truncated")) {
            return Found.OMITTED;
        }
        var field = value.containsKey("text") ? "text" : "base64";
        return Found.of(metadata.put(field, value.getString(field)));
    }

    /** It may go between the two reads. */
    private static Future<Found> missing(Throwable failure) {
        return failure instanceof ToolException tool && tool.reason() == Reason.NOT_FOUND
                ? Future.succeededFuture(Found.MISSING)
                : Future.failedFuture(failure);
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

    /** What is known of a key: its value, or why there is none. */
    private record Found(boolean isThere, Optional<JsonObject> value) {

        private static final Found MISSING = new Found(false, Optional.empty());
        private static final Found OMITTED = new Found(true, Optional.empty());

        static Found of(JsonObject value) {
            return new Found(true, Optional.of(value));
        }
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

        Collected add(String key, Found one) {
            if (!one.isThere) {
                missing.add(key);
                return this;
            }
            one.value.filter(this::fits).ifPresentOrElse(this::take, () -> omitted.add(key));
            return this;
        }

        private boolean fits(JsonObject value) {
            return size(value) <= bytesLeft;
        }

        private void take(JsonObject value) {
            bytesLeft -= size(value);
            found.add(value);
        }

        private static int size(JsonObject value) {
            return value.encode().getBytes(StandardCharsets.UTF_8).length;
        }

        JsonObject json() {
            return new JsonObject().put("values", found).put("missing", missing).put("omitted", omitted);
        }
    }
}

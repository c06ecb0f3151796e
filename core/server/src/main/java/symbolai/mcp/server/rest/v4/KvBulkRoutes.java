package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cloudflare's KV API for many values at once. */
final class KvBulkRoutes {

    private static final String BULK = KvRoutes.NAMESPACE + "/bulk";
    private static final int INVALID = 10012;
    private static final int MOST = 10_000;
    private static final int MOST_READ = 100;
    private static final int MOST_BYTES = 25 << 20;

    List<V4Route> routes() {
        return List.of(
                V4Route.of("PUT", BULK, V4Route.LARGE, KvBulkRoutes::put),
                V4Route.of("DELETE", BULK, V4Route.LARGE, KvBulkRoutes::delete),
                V4Route.of("POST", BULK + "/delete", V4Route.LARGE, KvBulkRoutes::delete),
                V4Route.of("POST", BULK + "/get", V4Route.MEDIUM, KvBulkRoutes::get));
    }

    private static Future<V4Answer> put(V4Request request) {
        var given = request.array();
        requireSize(given, MOST);
        var entries = new JsonArray();
        for (var element : given) {
            entries.add(entry(element));
        }
        return request.account()
                .write("kv.bulk.put", KvRoutes.namespace(request).put("entries", entries))
                .map(reply -> counted(reply, "written"))
                .recover(ErrorCodes.KV::failed);
    }

    private static JsonObject entry(@Nullable Object element) {
        if (!(element instanceof JsonObject given)
                || !(given.getValue("key") instanceof String key)
                || !(given.getValue("value") instanceof String value)) {
            throw new V4Error(400, INVALID, "each element must be an object with key and value, both texts");
        }
        var isBase64 = Boolean.TRUE.equals(given.getValue("base64"));
        var entry = new JsonObject().put("key", key).put(isBase64 ? "base64" : "text", value);
        if (given.getValue("expiration_ttl") instanceof Number seconds) {
            entry.put("expirationTtl", seconds.intValue());
        } else if (given.getValue("expiration") instanceof Number seconds) {
            entry.put("expiration", Instant.ofEpochSecond(seconds.longValue()).toString());
        }
        return given.getValue("metadata") == null ? entry : entry.put("metadata", given.getValue("metadata"));
    }

    private static Future<V4Answer> delete(V4Request request) {
        return request.account()
                .write("kv.bulk.delete", KvRoutes.namespace(request).put("keys", keys(request.array(), MOST)))
                .map(reply -> counted(reply, "deleted"))
                .recover(ErrorCodes.KV::failed);
    }

    private static V4Answer counted(JsonObject reply, String name) {
        return V4Answer.result(new JsonObject()
                .put("successful_key_count", reply.getInteger(name))
                .put("unsuccessful_keys", reply.getJsonArray("failed")));
    }

    private static Future<V4Answer> get(V4Request request) {
        var body = request.object();
        if (!(body.getValue("keys") instanceof JsonArray given)) {
            throw new V4Error(400, INVALID, "keys must be a list of texts");
        }
        var arguments =
                KvRoutes.namespace(request).put("keys", keys(given, MOST_READ)).put("maxBytes", MOST_BYTES);
        return request.account()
                .read("kv.bulk.get", arguments)
                .map(reply -> values(reply, body))
                .recover(ErrorCodes.KV::failed);
    }

    private static V4Answer values(JsonObject reply, JsonObject body) {
        if (!reply.getJsonArray("omitted").isEmpty()) {
            throw new V4Error(413, 10033, "the values are larger than 25 MiB together; ask for fewer keys");
        }
        var isJson = "json".equals(body.getValue("type"));
        var withMetadata = Boolean.TRUE.equals(body.getValue("withMetadata"));
        var values = new JsonObject();
        reply.getJsonArray("missing").forEach(key -> values.putNull(String.valueOf(key)));
        for (var index = 0; index < reply.getJsonArray("values").size(); index++) {
            var found = reply.getJsonArray("values").getJsonObject(index);
            var value = value(found, isJson);
            values.put(
                    found.getString("key"),
                    withMetadata
                            ? new JsonObject().put("value", value).put("metadata", found.getValue("metadata"))
                            : value);
        }
        return V4Answer.result(new JsonObject().put("values", values));
    }

    private static Object value(JsonObject found, boolean isJson) {
        var text = Octets.text(found);
        if (!isJson) {
            return text;
        }
        try {
            return Json.decodeValue(text);
        } catch (DecodeException malformed) {
            throw new V4Error(400, INVALID, "at least one of the values is not valid json");
        }
    }

    private static JsonArray keys(JsonArray given, int most) {
        requireSize(given, most);
        if (!given.stream().allMatch(String.class::isInstance)) {
            throw new V4Error(400, INVALID, "keys must be a list of texts");
        }
        return given;
    }

    private static void requireSize(JsonArray given, int most) {
        if (given.isEmpty() || given.size() > most) {
            throw new V4Error(400, INVALID, "there must be 1 to " + most + " keys");
        }
    }
}

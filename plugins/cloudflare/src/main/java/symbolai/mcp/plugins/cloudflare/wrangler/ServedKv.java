package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.Encoded;
import symbolai.mcp.plugins.cloudflare.backend.Fields;
import symbolai.mcp.plugins.cloudflare.rest.Octets;

/** Reads and writes keys of namespaces that {@code wrangler dev} serves. */
final class ServedKv implements KvSource {

    private static final int LEAST = 10;
    private static final int MOST = 1000;
    private static final long MOST_BYTES = 26L << 20;

    private final Explorer explorer;

    ServedKv(Explorer explorer) {
        this.explorer = explorer;
    }

    @Override
    public Future<List<JsonObject>> keys(Store store, String prefix, String after, int limit, Operation operation) {
        var asked = Math.min(MOST, Math.max(LEAST, limit + 1));
        var path = path(store, "/keys?limit=" + asked)
                + (prefix.isEmpty() ? "" : "&prefix=" + Encoded.value(prefix))
                + (after.isEmpty() ? "" : "&cursor=" + Encoded.value(KeyCursor.write(after)));
        return explorer.json(explorer.get(Offline.served(store), path, operation), answer -> keys(answer, limit));
    }

    @Override
    public Future<JsonObject> entry(Store store, String key, Operation operation) {
        // The key itself is the first of all that begin with it.
        return keys(store, key, "", LEAST - 1, operation)
                .map(found -> found.stream()
                        .filter(entry -> entry.getString("name").equals(key))
                        .findFirst()
                        .orElseThrow(() -> new ToolException(Reason.NOT_FOUND, "there is no key \"" + key + "\"")));
    }

    @Override
    public Future<JsonObject> value(Store store, JsonObject entry, int maxBytes, Operation operation) {
        var path = path(store, "/values/" + Encoded.segment(entry.getString("name")));
        var call = explorer.get(Offline.served(store), path, operation).atMost(MOST_BYTES);
        return explorer.raw(call)
                .map(reply -> KvValue.of(entry, reply.body(), reply.body().length(), maxBytes));
    }

    /** Writing in bulk is the only way on which Local Explorer keeps the time when a value ends. The keys that were not written. */
    Future<List<String>> put(Store store, List<JsonObject> entries, Operation operation) {
        var bulk = new JsonArray();
        entries.forEach(entry -> bulk.add(entry(entry)));
        var call = explorer.array(HttpMethod.PUT, Offline.served(store), path(store, "/bulk"), bulk, operation);
        return explorer.json(call, ServedKv::failed);
    }

    /** The keys that were not removed. */
    Future<List<String>> delete(Store store, List<String> keys, Operation operation) {
        var call = explorer.array(
                HttpMethod.POST, Offline.served(store), path(store, "/bulk/delete"), new JsonArray(keys), operation);
        return explorer.json(call, ServedKv::failed);
    }

    private static List<String> failed(Fields answer) {
        return Explorer.object(answer).texts("unsuccessful_keys");
    }

    private static JsonObject entry(JsonObject given) {
        var key = given.getString("key");
        Encoded.segment(key);
        var entry = new JsonObject().put("key", key);
        if (given.containsKey("text")) {
            entry.put("value", given.getString("text"));
        } else {
            entry.put(
                            "value",
                            Base64.getEncoder()
                                    .encodeToString(Octets.given(given).getBytes()))
                    .put("base64", true);
        }
        Optional.ofNullable(given.getString("expiration"))
                .ifPresent(time -> entry.put("expiration", Instant.parse(time).getEpochSecond()));
        Optional.ofNullable(given.getInteger("expirationTtl")).ifPresent(ttl -> entry.put("expiration_ttl", ttl));
        Optional.ofNullable(given.getValue("metadata")).ifPresent(metadata -> entry.put("metadata", metadata));
        return entry;
    }

    /** A full answer of the most that can be asked for says by its cursor whether there are more. */
    private static List<JsonObject> keys(Fields answer, int limit) {
        var found = new ArrayList<JsonObject>();
        Explorer.list(answer).forEach(entry -> found.add(key(entry.required("name"), entry)));
        var hasMore = answer.at("result_info").filled("cursor").isPresent();
        if (hasMore && found.size() == limit) {
            found.add(new JsonObject());
        }
        return found;
    }

    private static JsonObject key(String name, Fields entry) {
        var key = new JsonObject().put("name", name);
        entry.number("expiration")
                .flatMap(seconds -> Fields.utc(seconds.longValue() * 1000))
                .ifPresent(time -> key.put("expiration", time));
        entry.value("metadata").ifPresent(metadata -> key.put("metadata", metadata));
        return key;
    }

    private static String path(Store store, String rest) {
        return "/storage/kv/namespaces/" + Encoded.segment(store.devId()) + rest;
    }
}

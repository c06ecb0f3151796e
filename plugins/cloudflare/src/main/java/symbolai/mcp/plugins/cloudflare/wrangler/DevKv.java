package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.wrangler.StateNames;

/** Carries out the operations of KV on the namespaces of wrangler projects. */
final class DevKv {

    private static final int PAGE = 100;
    private static final int KEYS = 1000;

    private final Inventory inventory;
    private final ServedKv served;
    private final KeptKv kept;

    DevKv(FamilyContext context, Inventory inventory, Explorer explorer) {
        this.inventory = inventory;
        this.served = new ServedKv(explorer);
        this.kept = new KeptKv(context);
    }

    Future<JsonObject> namespaces(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        return inventory.all(StateNames.KV, operation).map(found -> page(found, page, perPage));
    }

    Future<JsonObject> keys(Operation operation) {
        var limit = operation.arguments().getInteger("limit", KEYS);
        var prefix = operation.arguments().getString("prefix", "");
        var after = KeyCursor.read(operation.arguments().getString("cursor", ""));
        return one(operation)
                .compose(store -> source(store).keys(store, prefix, after, limit, operation))
                .map(found -> KeyCursor.page("keys", found, "name", limit));
    }

    Future<JsonObject> get(Operation operation) {
        return one(operation)
                .compose(store -> value(
                        store,
                        operation.arguments().getString("key"),
                        operation.arguments().getInteger("maxBytes"),
                        operation));
    }

    /** One after the other: the values of a namespace at hand are not worth more. */
    Future<JsonObject> bulkGet(Operation operation) {
        var keys = texts(operation.arguments().getJsonArray("keys"));
        var result = new JsonObject()
                .put("values", new JsonArray())
                .put("missing", new JsonArray())
                .put("omitted", new JsonArray());
        var left = operation.arguments().getInteger("maxBytes");
        return one(operation).compose(store -> next(store, keys, 0, left, result, operation));
    }

    Future<JsonObject> put(Operation operation) {
        var entry = operation.arguments();
        return one(operation)
                .compose(store -> served.put(store, List.of(entry), operation))
                .map(done -> new JsonObject());
    }

    Future<JsonObject> bulkPut(Operation operation) {
        var entries = operation.arguments().getJsonArray("entries").stream()
                .map(JsonObject.class::cast)
                .toList();
        return one(operation)
                .compose(store -> served.put(store, entries, operation))
                .map(failed -> counted("written", entries.size(), failed));
    }

    Future<JsonObject> delete(Operation operation) {
        var keys = List.of(operation.arguments().getString("key"));
        return one(operation)
                .compose(store -> served.delete(store, keys, operation))
                .map(done -> new JsonObject());
    }

    Future<JsonObject> bulkDelete(Operation operation) {
        var keys = texts(operation.arguments().getJsonArray("keys"));
        return one(operation)
                .compose(store -> served.delete(store, keys, operation))
                .map(failed -> counted("deleted", keys.size(), failed));
    }

    private Future<Store> one(Operation operation) {
        return inventory.one(StateNames.KV, operation.arguments().getString("namespaceId"), operation);
    }

    private KvSource source(Store store) {
        return store.live().isPresent() ? served : kept;
    }

    private Future<JsonObject> value(Store store, String key, int maxBytes, Operation operation) {
        return source(store)
                .entry(store, key, operation)
                .compose(entry -> source(store).value(store, entry, maxBytes, operation));
    }

    private Future<JsonObject> next(
            Store store, List<String> keys, int index, int left, JsonObject result, Operation operation) {
        if (index == keys.size()) {
            return Future.succeededFuture(result);
        }
        var key = keys.get(index);
        return value(store, key, Math.max(1, left), operation)
                .map(value -> taken(result, key, value, left))
                .recover(failure -> missing(result, key, left, failure))
                .compose(rest -> next(store, keys, index + 1, rest, result, operation));
    }

    private static int taken(JsonObject result, String key, JsonObject value, int left) {
        var bytes = value.getInteger("bytes");
        if (value.getBoolean("truncated") || bytes > left) {
            result.getJsonArray("omitted").add(key);
            return left;
        }
        value.remove("bytes");
        value.remove("truncated");
        value.remove("expiration");
        result.getJsonArray("values").add(value.put("key", key));
        return left - bytes;
    }

    private static Future<Integer> missing(JsonObject result, String key, int left, Throwable failure) {
        if (failure instanceof ToolException known && known.reason() == Reason.NOT_FOUND) {
            result.getJsonArray("missing").add(key);
            return Future.succeededFuture(left);
        }
        return Future.failedFuture(failure);
    }

    private static JsonObject page(List<Store> found, int page, int perPage) {
        var from = (int) Math.min((long) (page - 1) * perPage, found.size());
        var to = Math.min(from + perPage, found.size());
        var namespaces = new ArrayList<JsonObject>();
        found.subList(from, to)
                .forEach(store ->
                        namespaces.add(new JsonObject().put("id", store.id()).put("title", store.title())));
        var result = new JsonObject().put("namespaces", new JsonArray(namespaces));
        return to < found.size() ? result.put("nextPage", page + 1) : result;
    }

    private static JsonObject counted(String name, int all, List<String> failed) {
        return new JsonObject().put(name, all - failed.size()).put("failed", new JsonArray(failed));
    }

    private static List<String> texts(JsonArray array) {
        return array.stream().map(String.class::cast).toList();
    }
}

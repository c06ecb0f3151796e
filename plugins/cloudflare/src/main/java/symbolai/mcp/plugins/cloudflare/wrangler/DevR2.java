package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.plugins.cloudflare.backend.AfterWrite;
import symbolai.mcp.plugins.wrangler.StateNames;

/** Carries out the operations of R2 on the buckets of wrangler projects, which know no jurisdictions. */
final class DevR2 {

    private static final int PAGE = 1000;

    private final Inventory inventory;
    private final ServedR2 served;
    private final KeptR2 kept;

    DevR2(FamilyContext context, Inventory inventory, Explorer explorer) {
        this.inventory = inventory;
        this.served = new ServedR2(explorer);
        this.kept = new KeptR2(context);
    }

    Future<JsonObject> buckets(Operation operation) {
        checkJurisdiction(operation);
        var contains = operation.arguments().getString("nameContains", "");
        var after = KeyCursor.read(operation.arguments().getString("cursor", ""));
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        return inventory
                .all(StateNames.R2, operation)
                .map(found -> found.stream()
                        .map(Store::id)
                        .filter(name -> name.contains(contains) && name.compareTo(after) > 0)
                        .map(DevR2::bucket)
                        .toList())
                .map(names -> KeyCursor.page("buckets", names, "name", perPage));
    }

    Future<JsonObject> bucket(Operation operation) {
        return one(operation).map(store -> bucket(store.id()));
    }

    Future<JsonObject> objects(Operation operation) {
        return one(operation).compose(store -> source(store).list(store, operation));
    }

    Future<Reply> get(Operation operation) {
        var key = operation.arguments().getString("key");
        return one(operation)
                .compose(store -> source(store)
                        .head(store, key, operation)
                        .compose(object -> operation.arguments().getBoolean("head", false)
                                ? Future.succeededFuture(new Reply(object))
                                : source(store).body(store, object, operation)));
    }

    Future<JsonObject> put(Operation operation) {
        var key = operation.arguments().getString("key");
        return one(operation)
                .compose(store -> served.put(store, operation)
                        .compose(done -> served.head(store, key, operation).recover(AfterWrite::failed)));
    }

    Future<JsonObject> delete(Operation operation) {
        return one(operation).compose(store -> served.delete(store, operation)).map(done -> new JsonObject());
    }

    private Future<Store> one(Operation operation) {
        checkJurisdiction(operation);
        return inventory.one(StateNames.R2, operation.arguments().getString("bucket"), operation);
    }

    private R2Source source(Store store) {
        return store.live().isPresent() ? served : kept;
    }

    private static void checkJurisdiction(Operation operation) {
        var jurisdiction = operation.arguments().getString("jurisdiction", "default");
        if (!jurisdiction.equals("default")) {
            throw new ToolException(
                    Reason.UNSUPPORTED, "wrangler dev knows no jurisdictions; leave out \"" + jurisdiction + "\"");
        }
    }

    private static JsonObject bucket(String name) {
        return new JsonObject().put("name", name);
    }

    /** A page of objects and of what stands for those that lie deeper. */
    static JsonObject page(List<JsonObject> objects, List<String> prefixes) {
        return new JsonObject().put("objects", new JsonArray(objects)).put("prefixes", new JsonArray(prefixes));
    }
}

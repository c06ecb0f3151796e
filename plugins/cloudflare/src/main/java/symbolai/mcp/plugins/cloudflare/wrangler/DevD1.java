package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.plugins.wrangler.StateNames;

/** Carries out the operations of D1 on the databases of wrangler projects. */
final class DevD1 {

    private static final int PAGE = 100;

    private final FamilyContext context;
    private final Inventory inventory;
    private final ServedD1 served;
    private final KeptD1 kept;

    DevD1(FamilyContext context, Inventory inventory, Explorer explorer) {
        this.context = context;
        this.inventory = inventory;
        this.served = new ServedD1(explorer);
        this.kept = new KeptD1(context);
    }

    Future<JsonObject> list(Operation operation) {
        var page = operation.arguments().getInteger("page", 1);
        var perPage = operation.arguments().getInteger("perPage", PAGE);
        var name = operation.arguments().getString("name", "");
        return inventory
                .all(StateNames.D1, operation)
                .map(all -> all.stream()
                        .filter(store -> store.title().contains(name))
                        .toList())
                .compose(found -> context.blocking(() -> page(found, page, perPage)));
    }

    Future<JsonObject> get(Operation operation) {
        return one(operation)
                .compose(store -> context.blocking(() -> database(store))
                        .compose(database -> database.containsKey("fileSize")
                                ? Future.succeededFuture(database)
                                : served.size(store, operation).map(size -> database.put("fileSize", size))));
    }

    Future<JsonObject> query(Operation operation) {
        return one(operation)
                .compose(store ->
                        store.live().isPresent() ? served.query(store, operation) : kept.query(store, operation));
    }

    private Future<Store> one(Operation operation) {
        return inventory.one(StateNames.D1, operation.arguments().getString("databaseId"), operation);
    }

    private static JsonObject page(List<Store> found, int page, int perPage) throws IOException {
        var from = Math.min((long) (page - 1) * perPage, found.size());
        var to = Math.min(from + perPage, found.size());
        var databases = new JsonArray();
        for (var store : found.subList((int) from, (int) to)) {
            databases.add(database(store));
        }
        var result = new JsonObject().put("databases", databases);
        return to < found.size() ? result.put("nextPage", page + 1) : result;
    }

    private static JsonObject database(Store store) throws IOException {
        var database = new JsonObject().put("uuid", store.id()).put("name", store.title());
        var file = store.file();
        if (file.isPresent()) {
            describe(database, file.get());
        }
        return database;
    }

    /** What was written last may still stand beside the file. */
    private static void describe(JsonObject database, Path file) throws IOException {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        var log = Optional.of(file.resolveSibling(file.getFileName() + "-wal")).filter(Files::isRegularFile);
        var size = attributes.size() + (log.isPresent() ? Files.size(log.get()) : 0);
        database.put("createdAt", attributes.creationTime().toInstant().toString())
                .put("fileSize", size);
    }
}

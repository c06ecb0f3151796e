package symbolai.mcp.plugins.local.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Access;
import symbolai.mcp.plugins.local.store.Blobs;
import symbolai.mcp.plugins.local.store.Cursor;
import symbolai.mcp.plugins.local.store.Payload;
import symbolai.mcp.plugins.local.store.Records;
import symbolai.mcp.plugins.local.store.Row;

/** Carries out the operations of KV on the embedded account. */
public final class KvOperations {

    private static final Duration SWEEP = Duration.ofMinutes(5);
    private static final long MOST_BULK_BYTES = 100L << 20;

    private final FamilyContext context;
    private final Namespaces namespaces;
    private final Entries entries;
    private final InstantSource clock;

    private KvOperations(FamilyContext context, Records records, Blobs blobs, InstantSource clock) {
        this.context = context;
        this.namespaces = new Namespaces(records, blobs);
        this.entries = new Entries(records, blobs, clock);
        this.clock = clock;
    }

    /** Opens KV, and makes the sample namespace on the first start. */
    public static Future<KvOperations> open(FamilyContext context, InstantSource clock) {
        return Records.open(context, KvTables.FILE, KvTables.all())
                .compose(records -> Blobs.open(context, records, KvTables.ENTRIES)
                        .compose(blobs -> records.once("sample", new KvSample(blobs)::statements)
                                .map(made -> new KvOperations(context, records, blobs, clock))))
                .onSuccess(kv -> context.timers().every(SWEEP, kv::sweep));
    }

    /** The operations by their names. */
    public Map<String, Function<Operation, Future<JsonObject>>> operations() {
        return Map.ofEntries(
                Map.entry("kv.namespaces.list", namespaces::list),
                Map.entry("kv.namespaces.create", namespaces::create),
                Map.entry("kv.namespaces.rename", namespaces::rename),
                Map.entry("kv.namespaces.delete", namespaces::delete),
                Map.entry("kv.keys.list", this::keys),
                Map.entry("kv.values.get", this::get),
                Map.entry("kv.values.put", this::put),
                Map.entry("kv.values.delete", this::delete),
                Map.entry("kv.bulk.get", this::bulkGet),
                Map.entry("kv.bulk.put", this::bulkPut),
                Map.entry("kv.bulk.delete", this::bulkDelete));
    }

    private Future<JsonObject> keys(Operation operation) {
        var limit = operation.arguments().getInteger("limit", 1000);
        var prefix = Payload.utf8("the prefix", operation.arguments().getString("prefix", ""));
        var from = Cursor.read(operation.arguments());
        return namespaces
                .require(operation)
                .compose(namespace -> entries.list(namespace, prefix, from, limit + 1))
                .map(rows -> KvJson.keys(rows, limit));
    }

    private Future<JsonObject> get(Operation operation) {
        var name = operation.arguments().getString("key", "");
        var key = KvEntry.key(name);
        var most = operation.arguments().getInteger("maxBytes");
        return namespaces
                .require(operation)
                .compose(namespace -> Blobs.settled(() -> entries.find(namespace, key)
                        .compose(found -> found.map(row -> value(row, most)).orElseGet(() -> missing(name)))));
    }

    private Future<JsonObject> put(Operation operation) {
        Access.requireWrite(operation);
        var entry = KvEntry.read(operation.arguments(), clock.instant());
        return namespaces
                .require(operation)
                .compose(namespace -> entries.put(namespace, List.of(entry)))
                .map(done -> new JsonObject());
    }

    private Future<JsonObject> delete(Operation operation) {
        Access.requireWrite(operation);
        var key = KvEntry.key(operation.arguments().getString("key", ""));
        return namespaces
                .require(operation)
                .compose(namespace -> entries.delete(namespace, List.of(key)))
                .map(done -> new JsonObject());
    }

    private Future<JsonObject> bulkGet(Operation operation) {
        var gathering = new Gathering(operation.arguments().getLong("maxBytes"));
        var done = namespaces.require(operation);
        for (var name : names(operation)) {
            var key = KvEntry.key(name);
            done = done.compose(namespace -> entries.find(namespace, key)
                    .compose(found -> gathering.take(name, found, entries))
                    .map(namespace));
        }
        return done.map(namespace -> gathering.json());
    }

    private Future<JsonObject> bulkPut(Operation operation) {
        Access.requireWrite(operation);
        var json = operation.arguments().getJsonArray("entries");
        var written = new ArrayList<KvEntry>();
        var bytes = 0L;
        for (var index = 0; index < json.size(); index++) {
            var entry = KvEntry.read(json.getJsonObject(index), clock.instant());
            bytes += entry.value().length;
            written.add(entry);
        }
        if (bytes > MOST_BULK_BYTES) {
            throw new ToolException(
                    ToolException.Reason.INVALID, "values written together have at most " + MOST_BULK_BYTES + " bytes");
        }
        return namespaces
                .require(operation)
                .compose(namespace -> entries.put(namespace, written))
                .map(done -> KvJson.count("written", written.size()));
    }

    private Future<JsonObject> bulkDelete(Operation operation) {
        Access.requireWrite(operation);
        var keys = names(operation).stream().map(KvEntry::key).toList();
        return namespaces
                .require(operation)
                .compose(namespace -> entries.delete(namespace, keys))
                .map(done -> KvJson.count("deleted", keys.size()));
    }

    private Future<JsonObject> value(Row row, int most) {
        return entries.read(row, most).map(bytes -> KvJson.value(row, bytes));
    }

    /** Removes what has expired. */
    Future<Void> sweepNow() {
        return entries.sweep();
    }

    private void sweep() {
        sweepNow()
                .onFailure(failure ->
                        context.logger().atWarn().setCause(failure).log("expired values could not be removed"));
    }

    private static List<String> names(Operation operation) {
        return operation.arguments().getJsonArray("keys", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    private static Future<JsonObject> missing(String key) {
        return Future.failedFuture(new ToolException(
                ToolException.Reason.NOT_FOUND,
                "there is no key \"" + key + "\" in this namespace, or it has expired"));
    }
}

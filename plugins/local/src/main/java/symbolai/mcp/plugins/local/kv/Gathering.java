package symbolai.mcp.plugins.local.kv;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.plugins.local.store.Row;

/** Collects several values up to a size. */
final class Gathering {

    private final JsonArray values = new JsonArray();
    private final JsonArray missing = new JsonArray();
    private final JsonArray omitted = new JsonArray();
    private long room;

    Gathering(long mostBytes) {
        this.room = mostBytes;
    }

    Future<Void> take(String key, Optional<Row> found, Entries entries) {
        if (found.isEmpty()) {
            missing.add(key);
            return Future.succeededFuture();
        }
        var bytes = found.get().number(1);
        if (bytes > room) {
            omitted.add(key);
            return Future.succeededFuture();
        }
        room -= bytes;
        return entries.read(found.get(), (int) bytes)
                .onSuccess(value -> values.add(KvJson.keyed(key, found.get(), value)))
                .mapEmpty();
    }

    JsonObject json() {
        return new JsonObject().put("values", values).put("missing", missing).put("omitted", omitted);
    }
}

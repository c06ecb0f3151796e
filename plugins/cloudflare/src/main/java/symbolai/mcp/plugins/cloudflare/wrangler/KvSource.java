package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import symbolai.mcp.api.Operation;

/** Where keys and values of KV are read. */
interface KvSource {

    /** The keys after one, in order, one more than wanted where there are so many. */
    Future<List<JsonObject>> keys(Store store, String prefix, String after, int limit, Operation operation);

    /** What is known of a key beside its value. Fails with {@code NOT_FOUND}. */
    Future<JsonObject> entry(Store store, String key, Operation operation);

    /** The value of an entry, in the form of {@code kv.values.get}. */
    Future<JsonObject> value(Store store, JsonObject entry, int maxBytes, Operation operation);
}

package symbolai.mcp.plugins.cloudflare.wrangler;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** Where objects of R2 are read. */
interface R2Source {

    /** A page, in the form of {@code r2.objects.list}. */
    Future<JsonObject> list(Store store, Operation operation);

    /** What is known of an object. Fails with {@code NOT_FOUND}. */
    Future<JsonObject> head(Store store, String key, Operation operation);

    /** The same with the object's bytes. */
    Future<Reply> body(Store store, JsonObject object, Operation operation);
}

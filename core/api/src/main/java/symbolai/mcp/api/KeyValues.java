package symbolai.mcp.api;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** A small durable map for one plugin. Keys have at most 512 characters, values at most 1 MiB as JSON. */
public interface KeyValues {

    /** The value under the key, if there is one. */
    Future<Optional<JsonObject>> get(String key);

    /** Stores the value; it is durable when the future succeeds. */
    Future<Void> put(String key, JsonObject value);

    /** Removes the key; succeeds when there was none. */
    Future<Void> remove(String key);

    /** The keys that begin with the prefix, in order, at most 1000. */
    Future<List<String>> keys(String prefix);
}

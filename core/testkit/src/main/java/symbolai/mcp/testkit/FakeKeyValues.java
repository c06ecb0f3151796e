package symbolai.mcp.testkit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import symbolai.mcp.api.KeyValues;

/** Key-values that are forgotten with the test. */
final class FakeKeyValues implements KeyValues {

    private final ConcurrentSkipListMap<String, JsonObject> values = new ConcurrentSkipListMap<>();

    @Override
    public Future<Optional<JsonObject>> get(String key) {
        return Future.succeededFuture(Optional.ofNullable(values.get(key)).map(JsonObject::copy));
    }

    @Override
    public Future<Void> put(String key, JsonObject value) {
        values.put(key, value.copy());
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> remove(String key) {
        values.remove(key);
        return Future.succeededFuture();
    }

    @Override
    public Future<List<String>> keys(String prefix) {
        return Future.succeededFuture(values.tailMap(prefix).keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .limit(1000)
                .toList());
    }
}

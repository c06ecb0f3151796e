package symbolai.mcp.testkit;

import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/** Gives contracts empty databases, namespaces and buckets: new ones where the backend can make them, else those that lie ready. */
final class Ground {

    private final Asking asking;
    private final Set<String> given = new HashSet<>();

    Ground(Asking asking) {
        this.asking = asking;
    }

    String database() {
        return asking.can("d1.create")
                ? asking.write("d1.create", new JsonObject().put("name", Asking.fresh("contract")))
                        .getString("uuid")
                : ready("d1.list", "databases", "uuid");
    }

    String namespace() {
        return asking.can("kv.namespaces.create")
                ? asking.write("kv.namespaces.create", new JsonObject().put("title", Asking.fresh("contract")))
                        .getString("id")
                : ready("kv.namespaces.list", "namespaces", "id");
    }

    String bucket() {
        return asking.can("r2.buckets.create")
                ? asking.write("r2.buckets.create", new JsonObject().put("bucket", Asking.fresh("contract")))
                        .getString("name")
                : ready("r2.buckets.list", "buckets", "name");
    }

    private String ready(String operation, String list, String id) {
        var ready = asking.read(operation, new JsonObject().put("perPage", 100)).getJsonArray(list).stream()
                .map(each -> ((JsonObject) each).getString(id))
                .filter(given::add)
                .findFirst();
        return ready.orElseThrow(() -> new AssertionError("too few lie ready for " + operation));
    }
}

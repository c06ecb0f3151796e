package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Remembers whose the latest builds are, since the builds server tells that only where builds are listed. */
final class BuildOwners {

    private static final int MOST = 5000;

    private final Map<String, JsonObject> owners = Collections.synchronizedMap(new Latest());

    /** The Worker of a build, for one who could see the build itself. */
    Optional<JsonObject> owner(String build) {
        return Optional.ofNullable(owners.get(build)).map(JsonObject::copy);
    }

    void learn(JsonObject build) {
        var owner = new JsonObject().put("worker", build.getString("worker"));
        if (build.containsKey("workerId")) {
            owner.put("workerId", build.getString("workerId"));
        }
        owners.put(build.getString("id"), owner);
    }

    private static final class Latest extends LinkedHashMap<String, JsonObject> {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JsonObject> eldest) {
            return size() > MOST;
        }
    }
}

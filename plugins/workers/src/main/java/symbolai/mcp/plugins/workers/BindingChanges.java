package symbolai.mcp.plugins.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares the bindings that are deployed with those that are given; of a binding only name and type are shown, since it can hold a secret. */
record BindingChanges(List<JsonObject> before, List<JsonObject> given, boolean keep) {

    BindingChanges {
        before = List.copyOf(before);
        given = List.copyOf(given);
    }

    JsonObject toJson() {
        var old = byName(before);
        var fresh = byName(given);
        return new JsonObject()
                .put("added", those(fresh, old, false))
                .put("replaced", those(fresh, old, true))
                .put("removed", keep ? new JsonArray() : those(old, fresh, false))
                .put("kept", keep ? those(old, fresh, false) : new JsonArray());
    }

    private static JsonArray those(Map<String, JsonObject> bindings, Map<String, JsonObject> others, boolean known) {
        return new JsonArray(bindings.values().stream()
                .filter(binding -> others.containsKey(binding.getString("name")) == known)
                .map(BindingChanges::shown)
                .toList());
    }

    private static JsonObject shown(JsonObject binding) {
        return new JsonObject().put("name", binding.getString("name")).put("type", binding.getString("type"));
    }

    private static Map<String, JsonObject> byName(List<JsonObject> bindings) {
        var map = new TreeMap<String, JsonObject>();
        bindings.forEach(binding -> map.put(binding.getString("name"), binding));
        return map;
    }
}

package symbolai.mcp.server.rest.v4;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Puts an object together from the fields of a form that are named {@code metadata[bindings][][name]}, as Cloudflare's SDK sends it. */
final class NestedFields {

    private static final Pattern STEP = Pattern.compile("\\[([^\\]\\[]*)]");
    private static final int DEEPEST = 8;

    private NestedFields() {}

    /** The object under the name; empty when no field belongs to it. */
    static Optional<JsonObject> object(List<Multipart.Part> parts, String name) {
        var object = new JsonObject();
        for (var part : parts) {
            if (part.name().startsWith(name + "[")) {
                put(object, steps(part.name().substring(name.length())), part.text());
            }
        }
        return object.isEmpty() ? Optional.empty() : Optional.of(object);
    }

    private static List<String> steps(String path) {
        var steps = new ArrayList<String>();
        STEP.matcher(path).results().forEach(step -> steps.add(step.group(1)));
        if (steps.isEmpty() || steps.size() > DEEPEST || steps.get(0).isEmpty()) {
            throw new V4Error(400, 10021, "a field of metadata has a name that is not understood");
        }
        return steps;
    }

    private static void put(JsonObject object, List<String> steps, String value) {
        var name = steps.get(0);
        if (steps.size() == 1) {
            object.put(name, value);
        } else if (!steps.get(1).isEmpty()) {
            put(child(object, name), steps.subList(1, steps.size()), value);
        } else if (steps.size() == 2) {
            list(object, name).add(value);
        } else {
            put(element(list(object, name), steps.get(2)), steps.subList(2, steps.size()), value);
        }
    }

    private static JsonObject child(JsonObject object, String name) {
        if (!(object.getValue(name) instanceof JsonObject)) {
            object.put(name, new JsonObject());
        }
        return object.getJsonObject(name);
    }

    private static JsonArray list(JsonObject object, String name) {
        if (!(object.getValue(name) instanceof JsonArray)) {
            object.put(name, new JsonArray());
        }
        return object.getJsonArray(name);
    }

    /** The elements have no numbers: one that has the field already is complete. */
    private static JsonObject element(JsonArray list, String field) {
        var last = list.isEmpty() ? null : list.getValue(list.size() - 1);
        if (last instanceof JsonObject open && !open.containsKey(field)) {
            return open;
        }
        list.add(new JsonObject());
        return list.getJsonObject(list.size() - 1);
    }
}

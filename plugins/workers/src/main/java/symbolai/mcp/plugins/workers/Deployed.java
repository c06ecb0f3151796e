package symbolai.mcp.plugins.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is deployed under a name now; the Worker is absent where there is none yet. */
record Deployed(Optional<JsonObject> worker, WorkerCode code, JsonObject settings) {

    static Deployed nothing() {
        return new Deployed(Optional.empty(), WorkerCode.NONE, new JsonObject().put("bindings", new JsonArray()));
    }

    Optional<String> compatibilityDate() {
        return Optional.ofNullable(settings.getString("compatibilityDate"));
    }

    JsonArray compatibilityFlags() {
        return settings.getJsonArray("compatibilityFlags", new JsonArray());
    }

    List<JsonObject> bindings() {
        return settings.getJsonArray("bindings").stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    /** All of it that a deployment changes, to be told apart from what is deployed at another time. */
    JsonObject basis() {
        var json = new JsonObject()
                .put("compatibilityDate", compatibilityDate().orElse(""))
                .put("compatibilityFlags", compatibilityFlags());
        worker.ifPresent(found -> json.put("id", found.getString("id")).put("etag", found.getString("etag", "")));
        var modules = new JsonObject();
        code.modules().forEach(module -> modules.put(module.name(), module.toJson()));
        var bindings = new JsonObject();
        bindings().forEach(binding -> bindings.put(binding.getString("name"), binding));
        return json.put("modules", modules).put("bindings", bindings);
    }
}

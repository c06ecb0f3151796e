package symbolai.mcp.plugins.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Shows code to a model: as much as it can take, and how to get the rest. */
final class ShownCode {

    /** Characters in all; three bytes each at worst. */
    private static final int MOST = 80_000;

    private final WorkerCode code;
    private int left = MOST;
    private boolean truncated;

    ShownCode(WorkerCode code) {
        this.code = code;
        this.truncated = code.truncated();
    }

    /** All modules from their beginning; of those that are no text, only the size. */
    JsonObject all(String worker) {
        return json(worker, code.modules().stream().map(this::overview).toList());
    }

    /** One module from a character on. */
    JsonObject one(String worker, WorkerModule module, int offset) {
        return json(
                worker,
                List.of(
                        module.text().isPresent()
                                ? text(head(module), module.text().get(), offset)
                                : bytes(module)));
    }

    private JsonObject json(String worker, List<JsonObject> modules) {
        var json = new JsonObject().put("name", worker);
        code.mainModule().ifPresent(main -> json.put("mainModule", main));
        json.put("modules", new JsonArray(modules)).put("truncated", truncated);
        return hint(modules).map(hint -> json.put("hint", hint)).orElse(json);
    }

    private Optional<String> hint(List<JsonObject> modules) {
        return modules.stream()
                .filter(module -> module.containsKey("nextOffset"))
                .findFirst()
                .map(module -> "The rest: call again with module \"%s\" and offset %d."
                        .formatted(module.getString("name"), module.getInteger("nextOffset")));
    }

    private JsonObject overview(WorkerModule module) {
        return module.text().map(text -> text(head(module), text, 0)).orElseGet(() -> head(module));
    }

    private JsonObject text(JsonObject json, String text, int offset) {
        int from = whole(text, Math.min(offset, text.length()));
        int to = whole(text, Math.min(text.length(), from + left));
        left -= to - from;
        json.put("text", text.substring(from, to));
        if (to < text.length()) {
            truncated = true;
            json.put("nextOffset", to);
        }
        return json;
    }

    private JsonObject bytes(WorkerModule module) {
        var base64 = Base64.getEncoder().encodeToString(module.bytes().getBytes());
        truncated = truncated || base64.length() > MOST;
        return base64.length() > MOST ? head(module) : head(module).put("base64", base64);
    }

    private static JsonObject head(WorkerModule module) {
        return new JsonObject()
                .put("name", module.name())
                .put("contentType", module.contentType())
                .put("bytes", module.bytes().length());
    }

    /** The same place, or one before it where that would tear a character apart. */
    private static int whole(String text, int place) {
        return place > 0 && place < text.length() && Character.isLowSurrogate(text.charAt(place)) ? place - 1 : place;
    }
}

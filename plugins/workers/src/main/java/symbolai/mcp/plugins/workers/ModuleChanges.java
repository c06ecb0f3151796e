package symbolai.mcp.plugins.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Optional;
import symbolai.mcp.api.LineDiff;

/** Compares the modules that are deployed with those that are to be. */
final class ModuleChanges {

    private static final int MOST_LINES = 200;

    private final WorkerCode before;
    private final WorkerCode after;
    private int left = MOST_LINES;
    private boolean truncated;

    ModuleChanges(WorkerCode before, WorkerCode after) {
        this.before = before;
        this.after = after;
    }

    /** One entry for each module: those to be first, in their order, then those that go. */
    JsonArray toJson() {
        var changes = new ArrayList<JsonObject>();
        after.modules().forEach(module -> changes.add(changed(before.module(module.name()), module)));
        before.modules().stream()
                .filter(module -> after.module(module.name()).isEmpty())
                .forEach(module -> changes.add(removed(module)));
        return new JsonArray(changes);
    }

    /** Whether the changes made so far are not shown whole. */
    boolean truncated() {
        return truncated;
    }

    private JsonObject changed(Optional<WorkerModule> old, WorkerModule module) {
        if (old.isEmpty()) {
            return diff(change(module, "added"), "", module.text());
        }
        var json =
                change(module, "changed").put("bytesBefore", old.get().bytes().length());
        if (old.get().bytes().equals(module.bytes())) {
            return json.put("change", "unchanged");
        }
        return old.get().text().map(text -> diff(json, text, module.text())).orElse(json);
    }

    private static JsonObject removed(WorkerModule module) {
        return new JsonObject()
                .put("name", module.name())
                .put("change", "removed")
                .put("bytesBefore", module.bytes().length());
    }

    private static JsonObject change(WorkerModule module, String change) {
        return new JsonObject()
                .put("name", module.name())
                .put("change", change)
                .put("contentType", module.contentType())
                .put("bytes", module.bytes().length());
    }

    private JsonObject diff(JsonObject json, String old, Optional<String> text) {
        if (text.isEmpty()) {
            return json;
        }
        var diff = LineDiff.between(old, text.get(), left);
        left -= diff.lines().size();
        truncated = truncated || diff.truncated();
        return json.put("addedLines", diff.added())
                .put("removedLines", diff.removed())
                .put("diff", String.join("\n", diff.lines()));
    }
}

package symbolai.mcp.plugins.workers;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/**
 * The code that a caller gives to deploy.
 *
 * @param modules the modules, in the order given
 * @param mainModule the one that runs first
 * @param script whether this is one service-worker script and no ES modules
 */
record Upload(List<WorkerModule> modules, String mainModule, boolean script) {

    private static final String SCRIPT_NAME = "worker.js";

    Upload {
        modules = List.copyOf(modules);
    }

    /** What the tool's arguments hold; fails with what is wrong with them. */
    static Upload from(JsonObject arguments) {
        var script = Optional.ofNullable(arguments.getString("script"));
        var modules = Optional.ofNullable(arguments.getJsonArray("modules"));
        if (script.isPresent() == modules.isPresent()) {
            throw invalid("give the code either as modules or as script, and not both");
        }
        return script.map(text -> script(arguments, text)).orElseGet(() -> modules(arguments, modules.orElseThrow()));
    }

    WorkerCode code() {
        return new WorkerCode(modules, Optional.of(mainModule), false);
    }

    private static Upload script(JsonObject arguments, String text) {
        if (arguments.containsKey("mainModule")) {
            throw invalid("mainModule belongs to modules; a script has none");
        }
        var module = new ModuleArgument(new JsonObject()
                .put("name", SCRIPT_NAME)
                .put("text", text)
                .put("contentType", "application/javascript"));
        return new Upload(List.of(module.module("script")), SCRIPT_NAME, true);
    }

    private static Upload modules(JsonObject arguments, JsonArray list) {
        var modules = IntStream.range(0, list.size())
                .mapToObj(index -> new ModuleArgument(list.getJsonObject(index)).module("modules[" + index + "]"))
                .toList();
        var names = new HashSet<String>();
        for (var module : modules) {
            if (!names.add(module.name())) {
                throw invalid("two modules are named \"" + Quoted.text(module.name()) + "\"");
            }
        }
        var main = arguments.getString("mainModule", modules.get(0).name());
        if (!names.contains(main)) {
            throw invalid("mainModule is \"" + Quoted.text(main) + "\", and no module has that name");
        }
        return new Upload(modules, main, false);
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

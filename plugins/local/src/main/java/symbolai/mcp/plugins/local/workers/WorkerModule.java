package symbolai.mcp.plugins.local.workers;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.plugins.local.store.Payload;

/**
 * One file of a Worker.
 *
 * @param name as other modules import it
 */
@SuppressWarnings("ArrayRecordComponent") // It is passed on and never compared.
record WorkerModule(String name, String contentType, byte[] body) {

    private static final int LONGEST_NAME = 512;
    private static final Set<String> CODE = Set.of(
            "application/javascript+module", "application/javascript", "text/javascript+module", "text/javascript");
    private static final Set<String> TEXT =
            Set.of("text/plain", "application/json", "application/source-map", "text/x-python");
    private static final Set<String> BINARY = Set.of("application/wasm", "application/octet-stream");
    private static final Map<String, String> ENDINGS = Map.of(
            "js", "application/javascript+module",
            "mjs", "application/javascript+module",
            "ts", "application/typescript",
            "tsx", "application/typescript",
            "py", "text/x-python",
            "json", "application/json");

    /** As the arguments say; INVALID where Cloudflare would not take it. */
    static WorkerModule read(JsonObject json) {
        var name = json.getString("name", "");
        var type = json.getString("contentType", "").toLowerCase(Locale.ROOT);
        if (name.isBlank() || name.length() > LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw invalid("a module's name has 1 to " + LONGEST_NAME + " characters and none that controls");
        }
        if (!CODE.contains(type) && !TEXT.contains(type) && !BINARY.contains(type)) {
            throw invalid("the module " + name + " has the content type \"" + type
                    + "\"; an ES module has application/javascript+module");
        }
        var module = new WorkerModule(name, type, Payload.read(json));
        if (!BINARY.contains(type) && Payload.text(module.body()).isEmpty()) {
            throw invalid("the module " + name + " is no text in UTF-8, although its content type is " + type);
        }
        return module;
    }

    /** What a file of a project is, by its ending. */
    static String typeOf(String fileName) {
        var ending = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ENDINGS.getOrDefault(ending, "application/octet-stream");
    }

    boolean isCode() {
        return CODE.contains(contentType);
    }

    JsonObject json() {
        return Payload.write(new JsonObject().put("name", name).put("contentType", contentType), body);
    }

    static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

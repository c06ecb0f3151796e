package symbolai.mcp.plugins.workers;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/** One module as a caller gives it, to be checked. */
record ModuleArgument(JsonObject json) {

    private static final String ES_MODULE = "application/javascript+module";
    private static final String METADATA = "metadata";
    private static final String BYTES = "application/octet-stream";
    private static final Map<String, String> TYPES = Map.of(
            "wasm", "application/wasm",
            "json", "application/json",
            "map", "application/source-map",
            "py", "text/x-python",
            "txt", "text/plain",
            "html", "text/plain",
            "sql", "text/plain",
            "bin", BYTES,
            "cjs", "application/javascript");

    /** The module; fails with what is wrong with it. */
    WorkerModule module(String where) {
        var name = json.getString("name");
        requireName(where, name);
        var text = Optional.ofNullable(json.getString("text"));
        var base64 = Optional.ofNullable(json.getString("base64"));
        if (text.isPresent() == base64.isPresent()) {
            throw invalid(where + " (\"" + Quoted.text(name) + "\") needs either text or base64");
        }
        var bytes = text.map(Buffer::buffer).orElseGet(() -> decoded(where, base64.orElse("")));
        var contentType = json.getString("contentType", contentType(name, text.isPresent()));
        if (contentType.chars().anyMatch(c -> c < ' ' || c > '~' || c == '"')) {
            throw invalid(where + ": contentType is no media type; one is " + ES_MODULE);
        }
        return new WorkerModule(name, contentType, text, bytes);
    }

    /** The name becomes the name of a part of an upload, and perhaps of a file. */
    private static void requireName(String where, String name) {
        boolean plain = name.chars().allMatch(c -> c >= ' ' && c != 127 && c != '"' && c != '\\');
        boolean inside = Arrays.stream(name.split("/", -1))
                .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
        if (!plain || !inside) {
            throw invalid(where + ": a module's name is a relative path such as src/index.js, without quotes,"
                    + " backslashes, control characters, empty parts, \".\" and \"..\"");
        }
        if (name.equals(METADATA)) {
            throw invalid(where + ": an upload has a part \"" + METADATA + "\" of its own; name the module otherwise");
        }
    }

    private static Buffer decoded(String where, String base64) {
        try {
            return Buffer.buffer(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            throw invalid(where + ": base64 is not valid base64");
        }
    }

    private static String contentType(String name, boolean text) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(extension, text ? ES_MODULE : BYTES);
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

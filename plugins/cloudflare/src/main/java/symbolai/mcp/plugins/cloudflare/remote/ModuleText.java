package symbolai.mcp.plugins.cloudflare.remote;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the modules out of a script's text, which is multipart when there are several. */
final class ModuleText {

    private static final Pattern BOUNDARY = Pattern.compile("--([A-Za-z0-9'()+_,./:=?-]{1,70})\r?\n");
    private static final Pattern NAME =
            Pattern.compile("(?i)content-disposition:[^\r\n]*\\bname=\"([^\"\r\n]{1,500})\"");
    private static final Pattern TYPE = Pattern.compile("(?i)content-type:[ \t]*([^\r\n;]{1,200})");
    private static final Pattern BLANK = Pattern.compile("\r?\n\r?\n");
    private static final String SCRIPT = "application/javascript";

    private ModuleText() {}

    /** At least one module. */
    static List<JsonObject> modules(String text) {
        var boundary = BOUNDARY.matcher(text);
        if (!boundary.lookingAt()) {
            return List.of(module("index.js", SCRIPT, text));
        }
        var modules = new ArrayList<JsonObject>();
        var separator = Pattern.compile("(?:^|\r?\n)--" + Pattern.quote(boundary.group(1)) + "(?:--)?(?:\r?\n|$)");
        for (var part : separator.split(text, -1)) {
            var blank = BLANK.matcher(part);
            if (blank.find()) {
                modules.add(part(part.substring(0, blank.start()), part.substring(blank.end())));
            }
        }
        return modules.isEmpty() ? List.of(module("index.js", SCRIPT, text)) : modules;
    }

    private static JsonObject part(String head, String body) {
        var name = NAME.matcher(head);
        var type = TYPE.matcher(head);
        return module(
                name.find() ? name.group(1) : "module",
                type.find() ? type.group(1).strip() : SCRIPT,
                body);
    }

    private static JsonObject module(String name, String contentType, String text) {
        return new JsonObject()
                .put("name", name)
                .put("contentType", contentType)
                .put("text", text);
    }
}

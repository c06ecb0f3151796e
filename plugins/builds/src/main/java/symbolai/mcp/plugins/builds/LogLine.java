package symbolai.mcp.plugins.builds;

import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/** One line of a build's log, without colours and other control characters, and not too long for a model. */
record LogLine(String at, String text, boolean cut) {

    private static final int LONGEST = 700;
    private static final Pattern ESCAPES =
            Pattern.compile("\\x1B(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\x07\\x1B]*(?:\\x07|\\x1B\\\\)?|.)");
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\t]]");

    static LogLine from(JsonObject json) {
        var plain = CONTROLS.matcher(ESCAPES.matcher(json.getString("text")).replaceAll(""))
                .replaceAll("");
        var cut = plain.length() > LONGEST;
        return new LogLine(json.getString("at"), cut ? plain.substring(0, LONGEST) + "…" : plain, cut);
    }

    JsonObject toJson() {
        return new JsonObject().put("at", at).put("text", text);
    }
}

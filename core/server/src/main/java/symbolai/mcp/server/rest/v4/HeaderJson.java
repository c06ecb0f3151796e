package symbolai.mcp.server.rest.v4;

import io.vertx.core.json.JsonObject;

/** Writes JSON so that a header can hold it. */
final class HeaderJson {

    private HeaderJson() {}

    /** The JSON in ASCII alone. */
    static String ascii(JsonObject json) {
        var text = new StringBuilder();
        json.encode().chars().forEach(unit -> append(text, (char) unit));
        return text.toString();
    }

    private static void append(StringBuilder text, char unit) {
        if (unit < 0x7f) {
            text.append(unit);
        } else {
            text.append("\\u").append("%04x".formatted((int) unit));
        }
    }
}

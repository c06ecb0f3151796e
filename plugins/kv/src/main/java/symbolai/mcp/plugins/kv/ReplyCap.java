package symbolai.mcp.plugins.kv;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;

/** How much a model is given to read at once. */
final class ReplyCap {

    /** The most bytes of a result as JSON. */
    static final int BYTES = 256 * 1024;

    /** The most bytes of values that are asked for; in base64, with their keys around them, they fit. */
    static final int VALUE_BYTES = 180 * 1024;

    private ReplyCap() {}

    static boolean holds(JsonObject json) {
        return bytes(json) <= BYTES;
    }

    static int bytes(JsonObject json) {
        return json.encode().getBytes(StandardCharsets.UTF_8).length;
    }

    /** The beginning of the text that has at most so many bytes when it is written as JSON. */
    static String beginning(String text, int bytes) {
        var left = bytes;
        var at = 0;
        while (at < text.length()) {
            var character = text.codePointAt(at);
            left -= jsonBytes(character);
            if (left < 0) {
                return text.substring(0, at);
            }
            at += Character.charCount(character);
        }
        return text;
    }

    private static int jsonBytes(int character) {
        if (character < 0x20) {
            return 6;
        }
        if (character < 0x80) {
            return character == '"' || character == '\\' ? 2 : 1;
        }
        return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}

package symbolai.mcp.server.audit;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.HexFormat;

/** JSON in printable ASCII: nothing that a terminal, an editor or a line reader takes for more than a character. */
final class AsciiJson {
    private AsciiJson() {}

    static String encode(JsonObject json) {
        return ascii(json.encode());
    }

    /** A text that somebody sent, in quotation marks and without what plays tricks. */
    static String quote(String text) {
        return ascii(Json.encode(text));
    }

    private static String ascii(String encoded) {
        var ascii = new StringBuilder(encoded.length() + 16);
        for (int i = 0; i < encoded.length(); i++) {
            append(ascii, encoded.charAt(i));
        }
        return ascii.toString();
    }

    /** Characters outside of ASCII occur inside strings only, where an escape means the same. */
    private static void append(StringBuilder ascii, char character) {
        if (character >= ' ' && character <= '~') {
            ascii.append(character);
        } else {
            ascii.append("\\u").append(HexFormat.of().toHexDigits(character));
        }
    }
}

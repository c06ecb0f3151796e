package symbolai.mcp.server.rest.v4;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Puts bytes into the JSON of operations, as {@code text} or else as {@code base64}, and takes them out. */
final class Octets {

    private Octets() {}

    static JsonObject put(JsonObject target, Buffer bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
            if (text.indexOf('\0') < 0) {
                return target.put("text", text);
            }
        } catch (CharacterCodingException notText) {
            // Then it is bytes.
        }
        return target.put("base64", Base64.getEncoder().encodeToString(bytes.getBytes()));
    }

    static Buffer take(JsonObject source) {
        var text = source.getString("text");
        return text == null
                ? Buffer.buffer(Base64.getDecoder().decode(source.getString("base64", "")))
                : Buffer.buffer(text);
    }

    /** The text of values that are asked for as text; what is none becomes one as well as it can. */
    static String text(JsonObject source) {
        return take(source).toString(StandardCharsets.UTF_8);
    }
}

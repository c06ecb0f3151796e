package symbolai.mcp.plugins.r2;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Tells text from other bytes. */
final class Utf8 {

    private Utf8() {}

    /** The text, when the bytes are UTF-8 without NUL. */
    static Optional<String> text(Buffer bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException otherBytes) {
            return Optional.empty();
        }
    }
}

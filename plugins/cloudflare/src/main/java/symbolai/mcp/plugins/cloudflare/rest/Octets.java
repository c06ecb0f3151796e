package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Gives bytes as our operations do: {@code text} when they are UTF-8 without NUL, else {@code base64}. */
public final class Octets {

    private static final int LONGEST_CHARACTER = 4;

    private Octets() {}

    /** The fields for the first bytes, at most so many; a character is not cut in two. */
    public static JsonObject of(Buffer bytes, int most) {
        if (bytes.length() <= most) {
            return text(bytes).map(Octets::textual).orElseGet(() -> binary(bytes));
        }
        for (var end = most; end > Math.max(0, most - LONGEST_CHARACTER); end--) {
            var text = text(bytes.slice(0, end));
            if (text.isPresent()) {
                return textual(text.get());
            }
        }
        return binary(bytes.slice(0, most));
    }

    /** The bytes that arguments give. Fails with {@link Reason#INVALID} when the base64 is none. */
    public static Buffer given(JsonObject arguments) {
        if (arguments.containsKey("text")) {
            return Buffer.buffer(arguments.getString("text"));
        }
        try {
            return Buffer.buffer(Base64.getDecoder().decode(arguments.getString("base64", "")));
        } catch (IllegalArgumentException wrong) {
            throw new ToolException(Reason.INVALID, "base64 holds characters that are not base64");
        }
    }

    private static Optional<String> text(Buffer bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes()))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static JsonObject textual(String text) {
        return new JsonObject().put("text", text);
    }

    private static JsonObject binary(Buffer bytes) {
        return new JsonObject().put("base64", Base64.getEncoder().encodeToString(bytes.getBytes()));
    }
}

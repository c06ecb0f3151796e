package symbolai.mcp.plugins.local.store;

import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import symbolai.mcp.api.ToolException;

/** Bytes in JSON: {@code text} when they are UTF-8 without NUL, else {@code base64}. */
public final class Payload {

    private static final int LONGEST_CHARACTER = 4;

    private Payload() {}

    /** The bytes that the JSON gives; INVALID when it gives none, both, or none that are right. */
    public static byte[] read(JsonObject json) {
        var text = Optional.ofNullable(json.getString("text"));
        var base64 = Optional.ofNullable(json.getString("base64"));
        if (text.isPresent() == base64.isPresent()) {
            throw invalid("a value is given either as text or as base64");
        }
        return text.map(given -> utf8("the text", given)).orElseGet(() -> decoded(base64.orElseThrow()));
    }

    /** The text in UTF-8; INVALID when it holds half a surrogate pair. */
    public static byte[] utf8(String what, String text) {
        try {
            var bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (CharacterCodingException half) {
            throw invalid(what + " holds half a surrogate pair, so it is no Unicode");
        }
    }

    /** Adds the bytes to the JSON. */
    public static JsonObject write(JsonObject json, byte[] bytes) {
        return text(bytes).map(text -> json.put("text", text)).orElseGet(() -> base64(json, bytes));
    }

    /** Adds the beginning of longer bytes to the JSON; a text is cut between two characters. */
    public static JsonObject writeCut(JsonObject json, byte[] bytes) {
        for (var less = 0; less < LONGEST_CHARACTER && less < bytes.length; less++) {
            var text = text(Arrays.copyOf(bytes, bytes.length - less));
            if (text.isPresent()) {
                return json.put("text", text.get());
            }
        }
        return base64(json, bytes);
    }

    /** The text, unless the bytes are something else. */
    public static Optional<String> text(byte[] bytes) {
        for (var part : bytes) {
            if (part == 0) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        }
    }

    private static JsonObject base64(JsonObject json, byte[] bytes) {
        return json.put("base64", Base64.getEncoder().encodeToString(bytes));
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException wrong) {
            throw invalid("base64 is not valid base64: the alphabet is A-Z a-z 0-9 + /, padded with =");
        }
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

package symbolai.mcp.plugins.r2;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import symbolai.mcp.api.Quoted;
import symbolai.mcp.api.ToolException;

/**
 * What is to be written as an object.
 *
 * @param json the content, its type and the metadata as the operation takes them
 */
record GivenObject(JsonObject json) {

    private static final int MOST_METADATA = 8192;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");

    GivenObject {
        json = json.copy();
    }

    /** Fails with {@link ToolException.Reason#INVALID} when R2 would not take it. */
    static GivenObject from(JsonObject given) {
        var json = new JsonObject();
        content(given, json);
        Optional.ofNullable(given.getString("contentType")).ifPresent(type -> json.put("contentType", type));
        Optional.ofNullable(given.getJsonObject("metadata"))
                .ifPresent(metadata -> json.put("metadata", checked(metadata)));
        return new GivenObject(json);
    }

    private static void content(JsonObject given, JsonObject json) {
        var text = Optional.ofNullable(given.getString("text"));
        var base64 = Optional.ofNullable(given.getString("base64"));
        if (text.isPresent() == base64.isPresent()) {
            throw invalid("the content is given either as text or as base64");
        }
        text.ifPresent(value -> json.put("text", value));
        base64.map(GivenObject::decodable).ifPresent(value -> json.put("base64", value));
    }

    /** Java would take base64 without its padding; not every backend does. */
    private static String decodable(String base64) {
        try {
            if (base64.length() % 4 == 0) {
                Base64.getDecoder().decode(base64);
                return base64;
            }
        } catch (IllegalArgumentException otherAlphabet) {
            // Falls through to the same answer.
        }
        throw invalid("the content is no base64; the standard alphabet with padding is expected");
    }

    /** Metadata travel in headers. */
    private static JsonObject checked(JsonObject metadata) {
        var bytes = 0;
        for (Map.Entry<String, Object> entry : metadata) {
            var value = String.valueOf(entry.getValue());
            if (!NAME.matcher(entry.getKey()).matches()) {
                throw invalid("the metadata name \"" + Quoted.text(entry.getKey())
                        + "\" must have 1 to 128 letters, digits, _ . and -");
            }
            if (value.chars().anyMatch(Character::isISOControl)) {
                throw invalid("the metadata value of \"" + entry.getKey() + "\" holds a control character");
            }
            bytes += entry.getKey().length() + value.getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MOST_METADATA) {
            throw invalid("the metadata have " + bytes + " bytes; at most " + MOST_METADATA + " are allowed");
        }
        return metadata;
    }

    private static ToolException invalid(String message) {
        return new ToolException(ToolException.Reason.INVALID, message);
    }
}

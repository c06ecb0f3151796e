package symbolai.mcp.testkit.conformance;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import symbolai.mcp.api.Content;
import symbolai.mcp.api.InputRequest;
import symbolai.mcp.api.Schemas;

/** The small pieces that several fixtures share. */
final class Samples {

    /** One pixel. */
    static final Content.Image IMAGE = new Content.Image(
            decoded("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=="),
            "image/png");

    /** One sample of silence. */
    static final Content.Audio AUDIO =
            new Content.Audio(decoded("UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA="), "audio/wav");

    private Samples() {}

    /** Asks the user for texts, under the names of the fields. */
    static InputRequest.Form askFor(String message, String... fields) {
        var properties = new JsonObject();
        for (var field : fields) {
            properties.put(field, Schemas.string("The " + field + "."));
        }
        return form(message, properties);
    }

    /** Asks the user to say yes. */
    static InputRequest.Form askToConfirm(String message, String field) {
        return form(message, new JsonObject().put(field, Schemas.bool(message)));
    }

    /** A form whose fields must all be filled in. */
    private static InputRequest.Form form(String message, JsonObject properties) {
        var required = new JsonArray(List.copyOf(properties.fieldNames()));
        var schema = new JsonObject().put("type", "object").put("properties", properties);
        return new InputRequest.Form(message, schema.put("required", required));
    }

    /** Asks the client's model. */
    static InputRequest.Sampling askModel(String text, int maxTokens) {
        var content = new JsonObject().put("type", "text").put("text", text);
        var message = new JsonObject().put("role", "user").put("content", content);
        return new InputRequest.Sampling(
                new JsonObject().put("messages", new JsonArray().add(message)).put("maxTokens", maxTokens));
    }

    private static Buffer decoded(String base64) {
        return Buffer.buffer(Base64.getDecoder().decode(base64));
    }
}

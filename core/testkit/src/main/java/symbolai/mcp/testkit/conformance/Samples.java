package symbolai.mcp.testkit.conformance;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
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

    /** Asks the user for one text, under the name of the field. */
    static InputRequest.Form askFor(String field, String message) {
        return new InputRequest.Form(
                message,
                Schemas.object().required(field, Schemas.string(message)).build());
    }

    /** Asks the user to say yes. */
    static InputRequest.Form askToConfirm(String field, String message) {
        return new InputRequest.Form(
                message, Schemas.object().required(field, Schemas.bool(message)).build());
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

package symbolai.mcp.plugins.workers;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;

/** One module of a Worker: text, or bytes that are no text. */
record WorkerModule(String name, String contentType, Optional<String> text, Buffer bytes) {

    /** A module as operations give and take it. */
    static WorkerModule from(JsonObject json) {
        var text = Optional.ofNullable(json.getString("text"));
        var bytes = text.map(Buffer::buffer)
                .orElseGet(() -> Buffer.buffer(Base64.getDecoder().decode(json.getString("base64", ""))));
        return new WorkerModule(json.getString("name"), json.getString("contentType"), text, bytes);
    }

    JsonObject toJson() {
        var json = new JsonObject().put("name", name).put("contentType", contentType);
        return text.isPresent()
                ? json.put("text", text.get())
                : json.put("base64", Base64.getEncoder().encodeToString(bytes.getBytes()));
    }
}

package symbolai.mcp.server.rest.v4;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/** Writes files as multipart/form-data. */
final class FormWriter {

    private final String boundary = "part-" + UUID.randomUUID();
    private final Buffer body = Buffer.buffer();

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    FormWriter file(String name, String contentType, Buffer bytes) {
        var quoted = name.replace("\\", "%5C").replace("\"", "%22").replaceAll("[\\r\\n]", "_");
        body.appendString("--" + boundary + "\r\n")
                .appendString(
                        "Content-Disposition: form-data; name=\"" + quoted + "\"; filename=\"" + quoted + "\"\r\n")
                .appendString("Content-Type: " + contentType.replaceAll("[\\r\\n]", "_") + "\r\n\r\n")
                .appendBuffer(bytes)
                .appendString("\r\n");
        return this;
    }

    /** The whole form. */
    Buffer end() {
        return Buffer.buffer().appendBuffer(body).appendString("--" + boundary + "--\r\n");
    }
}

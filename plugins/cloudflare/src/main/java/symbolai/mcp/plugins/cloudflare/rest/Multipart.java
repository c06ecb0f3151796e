package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.UUID;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Writes a form of several parts. */
final class Multipart {

    private final String boundary = "----symbolai-" + UUID.randomUUID();
    private final Buffer bytes = Buffer.buffer();

    /** With one part more. */
    Multipart part(String name, Optional<String> fileName, String mediaType, Buffer content) {
        var file = fileName.map(given -> "; filename=\"" + quoted(given) + "\"").orElse("");
        bytes.appendString("--" + boundary + "\r\n")
                .appendString("Content-Disposition: form-data; name=\"" + quoted(name) + "\"" + file + "\r\n")
                .appendString("Content-Type: " + checked(mediaType) + "\r\n\r\n")
                .appendBuffer(content)
                .appendString("\r\n");
        return this;
    }

    String mediaType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    Buffer body() {
        return bytes.copy().appendString("--" + boundary + "--\r\n");
    }

    /** As browsers write it. */
    private static String quoted(String name) {
        return name.replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22");
    }

    private static String checked(String mediaType) {
        if (!mediaType.matches("[\\x20-\\x7e]{1,200}")) {
            throw new ToolException(Reason.INVALID, "a content type holds only visible ASCII characters");
        }
        return mediaType;
    }
}

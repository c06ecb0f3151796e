package symbolai.mcp.server.identity.oidc;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.charset.StandardCharsets;

/** Gathers the body of an answer, and breaks the answer off when it is too large. */
final class BoundedText {

    private static final int LARGEST = 512 << 10;

    private final HttpClientResponse response;
    private final Buffer body = Buffer.buffer();

    BoundedText(HttpClientResponse response) {
        this.response = response;
        response.handler(this::add);
    }

    /** After the end of the answer. */
    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    private void add(Buffer chunk) {
        if (body.length() + chunk.length() > LARGEST) {
            response.request().reset();
        } else {
            body.appendBuffer(chunk);
        }
    }
}

package symbolai.mcp.api;

import io.vertx.core.buffer.Buffer;

/** What a resource holds, as text or as bytes. */
public sealed interface ResourceContents {

    /** The URI of what this is; it may lie below the one that was read. */
    String uri();

    /** The media type. */
    String mimeType();

    /** Text. */
    record Text(String uri, String mimeType, String text) implements ResourceContents {}

    /** Bytes. */
    record Blob(String uri, String mimeType, Buffer data) implements ResourceContents {}
}

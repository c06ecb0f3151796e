package symbolai.mcp.api;

import io.vertx.core.buffer.Buffer;

/** One piece of content of a result or a prompt's message. */
public sealed interface Content {

    /** A text. */
    record Text(String text) implements Content {}

    /** A picture. */
    record Image(Buffer data, String mimeType) implements Content {}

    /** A sound. */
    record Audio(Buffer data, String mimeType) implements Content {}

    /** The contents of a resource, embedded. */
    record Embedded(ResourceContents resource) implements Content {}

    /** A link to a resource that the client may read. */
    record Link(String uri, String name, String title, String description, String mimeType) implements Content {}
}

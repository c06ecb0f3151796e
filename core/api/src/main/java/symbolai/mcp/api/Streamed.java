package symbolai.mcp.api;

/**
 * A download. A handler may answer so only when {@link ToolCall#takesStream()} says that the caller takes one; others get a result, with a
 * resource link where the content is long.
 *
 * @param mediaType such as {@code application/sql}
 * @param fileName the name under which a browser saves it
 * @param body the bytes; the host reads them to their end or closes them
 */
public record Streamed(String mediaType, String fileName, ByteStream body) implements ToolOutcome {}

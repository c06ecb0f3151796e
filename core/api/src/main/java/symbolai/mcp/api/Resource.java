package symbolai.mcp.api;

import java.util.List;
import java.util.Optional;

/**
 * A resource with a fixed URI.
 *
 * @param uri unique in the server
 * @param name a short name
 * @param title a name for people
 * @param description what it holds
 * @param mimeType its media type
 * @param icons icons for people
 * @param handler reads it
 * @param tool the tool of the plugin that only reads and shows the same: who may not call it may not read this; where it is empty, it takes
 *     every tool of the plugin that only reads
 */
public record Resource(
        String uri,
        String name,
        String title,
        String description,
        String mimeType,
        List<Icon> icons,
        ResourceHandler handler,
        Optional<String> tool) {

    public Resource {
        icons = List.copyOf(icons);
    }

    /** A resource without icons. */
    public Resource(
            String uri, String name, String title, String description, String mimeType, ResourceHandler handler) {
        this(uri, name, title, description, mimeType, List.of(), handler, Optional.empty());
    }

    /** The same resource for those alone who may call this tool, which shows the same and only reads. */
    public Resource likeTool(String reader) {
        return new Resource(uri, name, title, description, mimeType, icons, handler, Optional.of(reader));
    }
}

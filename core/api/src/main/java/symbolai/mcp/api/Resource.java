package symbolai.mcp.api;

import java.util.List;

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
 */
public record Resource(
        String uri,
        String name,
        String title,
        String description,
        String mimeType,
        List<Icon> icons,
        ResourceHandler handler) {

    public Resource {
        icons = List.copyOf(icons);
    }

    /** A resource without icons. */
    public Resource(
            String uri, String name, String title, String description, String mimeType, ResourceHandler handler) {
        this(uri, name, title, description, mimeType, List.of(), handler);
    }
}

package symbolai.mcp.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resources whose URI has variables.
 *
 * @param uriTemplate RFC 6570 level 1, such as {@code d1://{database}/schema}; a variable matches one or more characters other than a slash
 * @param name a short name
 * @param title a name for people
 * @param description what such a resource holds
 * @param mimeType the media type of all of them
 * @param icons icons for people
 * @param completers who proposes values, by the variable's name
 * @param handler reads one
 * @param tool the tool of the plugin that only reads and shows the same: who may not call it may not read these; where it is empty, it takes
 *     every tool of the plugin that only reads
 */
public record ResourceTemplate(
        String uriTemplate,
        String name,
        String title,
        String description,
        String mimeType,
        List<Icon> icons,
        Map<String, Completer> completers,
        ResourceHandler handler,
        Optional<String> tool) {

    public ResourceTemplate {
        icons = List.copyOf(icons);
        completers = Map.copyOf(completers);
    }

    /** A template without icons. */
    public ResourceTemplate(
            String uriTemplate,
            String name,
            String title,
            String description,
            String mimeType,
            Map<String, Completer> completers,
            ResourceHandler handler) {
        this(uriTemplate, name, title, description, mimeType, List.of(), completers, handler, Optional.empty());
    }

    /** The same template for those alone who may call this tool, which shows the same and only reads. */
    public ResourceTemplate likeTool(String reader) {
        return new ResourceTemplate(
                uriTemplate, name, title, description, mimeType, icons, completers, handler, Optional.of(reader));
    }
}

package symbolai.mcp.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A prompt that a user can choose.
 *
 * @param name unique in the server
 * @param title a name for people
 * @param description what it is for
 * @param arguments what it takes
 * @param icons icons for people
 * @param completers who proposes values, by the argument's name
 * @param handler makes the messages
 * @param tool the tool of the plugin that only reads and shows the same: who may not call it may not get this; where it is empty, it takes
 *     every tool of the plugin that only reads
 */
public record Prompt(
        String name,
        String title,
        String description,
        List<Argument> arguments,
        List<Icon> icons,
        Map<String, Completer> completers,
        PromptHandler handler,
        Optional<String> tool) {

    /** One argument of a prompt; its value is text. */
    public record Argument(String name, String description, boolean required) {}

    public Prompt {
        arguments = List.copyOf(arguments);
        icons = List.copyOf(icons);
        completers = Map.copyOf(completers);
    }

    /** A prompt without icons. */
    public Prompt(
            String name,
            String title,
            String description,
            List<Argument> arguments,
            Map<String, Completer> completers,
            PromptHandler handler) {
        this(name, title, description, arguments, List.of(), completers, handler, Optional.empty());
    }

    /** The same prompt for those alone who may call this tool, which shows the same and only reads. */
    public Prompt likeTool(String reader) {
        return new Prompt(name, title, description, arguments, icons, completers, handler, Optional.of(reader));
    }
}

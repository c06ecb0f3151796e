package symbolai.mcp.api;

import java.util.List;
import java.util.Map;

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
 */
public record Prompt(
        String name,
        String title,
        String description,
        List<Argument> arguments,
        List<Icon> icons,
        Map<String, Completer> completers,
        PromptHandler handler) {

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
        this(name, title, description, arguments, List.of(), completers, handler);
    }
}

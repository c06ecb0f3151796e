package symbolai.mcp.api;

import java.util.List;

/** The messages of a prompt. */
public record PromptResult(String description, List<Message> messages) implements PromptOutcome {

    /** Who speaks. */
    public enum Speaker {
        USER,
        ASSISTANT
    }

    /** One message. */
    public record Message(Speaker speaker, Content content) {}

    public PromptResult {
        messages = List.copyOf(messages);
    }

    /** One text that the user says. */
    public static PromptResult user(String description, String text) {
        return new PromptResult(description, List.of(new Message(Speaker.USER, new Content.Text(text))));
    }
}

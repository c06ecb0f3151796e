package symbolai.mcp.server.config;

import java.util.Optional;
import java.util.function.Function;

/**
 * What the text of a value must look like.
 *
 * @param expected says it to people, after "is not"
 * @param read the value; empty when the text is not of this form
 */
record Form<T>(String expected, Function<String, Optional<T>> read) {

    /** The same, or nothing for an empty text. */
    Form<Optional<T>> orNothing() {
        return new Form<>(expected, this::readOrNothing);
    }

    private Optional<Optional<T>> readOrNothing(String text) {
        var value = read.apply(text);
        return text.isEmpty() || value.isPresent() ? Optional.of(value) : Optional.empty();
    }
}

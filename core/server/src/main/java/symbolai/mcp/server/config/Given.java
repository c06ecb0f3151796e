package symbolai.mcp.server.config;

import java.util.Arrays;
import java.util.List;

/**
 * What was given for a key.
 *
 * @param texts one text, or the elements of a list
 * @param list whether it was written as a list
 * @param source where it was given, for messages
 */
record Given(List<String> texts, boolean list, String source) {

    static Given text(String text, String source) {
        return new Given(List.of(text), false, source);
    }

    /** The elements, where the text of a list is separated by commas. */
    List<String> elements() {
        if (list) {
            return texts;
        }
        return texts.stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .toList();
    }

    /** As it is shown. */
    String shown() {
        return list ? String.join(", ", texts) : texts.get(0);
    }
}

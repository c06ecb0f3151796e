package symbolai.mcp.server.store;

import java.util.List;

/** Keeps a list of texts without line breaks in one column. */
final class Lines {

    private Lines() {}

    static String join(List<String> lines) {
        if (lines.stream().anyMatch(line -> line.isEmpty() || line.indexOf('\n') >= 0)) {
            throw new IllegalArgumentException("an entry of a stored list is empty or has a line break");
        }
        return String.join("\n", lines);
    }

    static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }
}

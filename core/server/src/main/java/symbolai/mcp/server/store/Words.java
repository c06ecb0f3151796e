package symbolai.mcp.server.store;

import java.util.Set;
import java.util.TreeSet;

/** Keeps a set of words without spaces in one column. */
final class Words {

    private Words() {}

    static String join(Set<String> words) {
        if (words.stream().anyMatch(word -> word.isEmpty() || word.indexOf(' ') >= 0)) {
            throw new IllegalArgumentException("an entry of a stored set is empty or has a space");
        }
        return String.join(" ", new TreeSet<>(words));
    }

    static Set<String> split(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
    }
}

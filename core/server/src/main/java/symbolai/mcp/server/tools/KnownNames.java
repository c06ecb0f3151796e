package symbolai.mcp.server.tools;

import java.util.List;
import symbolai.mcp.server.config.Suggestion;

/** Tells which names would have been right. */
public final class KnownNames {

    private static final int SHOWN = 20;

    private KnownNames() {}

    /** The end of a message that says that a name is not known. */
    public static String hint(String name, List<String> known) {
        return Suggestion.of(name, known)
                .map(meant -> "; did you mean " + Shown.text(meant) + "?")
                .orElseGet(() -> list(known));
    }

    private static String list(List<String> known) {
        if (known.isEmpty()) {
            return "; there are none";
        }
        var names = known.stream().limit(SHOWN).map(Shown::plain).toList();
        return "; known are " + String.join(", ", names) + (known.size() > names.size() ? ", …" : "");
    }
}

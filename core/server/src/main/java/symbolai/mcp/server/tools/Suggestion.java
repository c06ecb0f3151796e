package symbolai.mcp.server.tools;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that was probably meant. */
final class Suggestion {
    private static final int LONGEST = 60;

    private Suggestion() {}

    static Optional<String> of(String name, List<String> known) {
        int most = Math.max(1, Math.min(3, name.length() / 3));
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= most)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** The end of a message that says that a name is not known. */
    static String hint(String name, List<String> known) {
        return of(name, known)
                .map(meant -> "; did you mean " + Shown.text(meant) + "?")
                .orElseGet(() -> list(known));
    }

    private static String list(List<String> known) {
        if (known.isEmpty()) {
            return "; there are none";
        }
        var names = known.stream().limit(20).map(Shown::plain).toList();
        return "; known are " + String.join(", ", names) + (known.size() > names.size() ? ", …" : "");
    }

    /** How many characters must be put in, left out or changed; letters are alike in either case. */
    private static int distance(String one, String other) {
        if (one.length() > LONGEST || other.length() > LONGEST) {
            return Integer.MAX_VALUE;
        }
        var a = one.toLowerCase(Locale.ROOT);
        var b = other.toLowerCase(Locale.ROOT);
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}

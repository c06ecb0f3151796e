package symbolai.mcp.api;

import java.util.List;

/**
 * Proposed values, best first. Clients are shown at most the first 100 and told how many there are.
 *
 * @param values all that are known to fit
 */
public record Completion(List<String> values) {

    public Completion {
        values = List.copyOf(values);
    }

    /** Those of the candidates that begin with what was typed. */
    public static Completion startingWith(String typed, List<String> candidates) {
        return new Completion(candidates.stream()
                .filter(candidate -> candidate.regionMatches(true, 0, typed, 0, typed.length()))
                .toList());
    }
}

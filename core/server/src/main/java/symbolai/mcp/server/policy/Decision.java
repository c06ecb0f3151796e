package symbolai.mcp.server.policy;

import java.util.List;
import java.util.Set;

/**
 * Whether a caller may do something.
 *
 * @param rule what decided: the id of a rule, or the name of one that is built in; all that ask for an approval, where it is due
 * @param reason why not, or why not yet, for the caller; empty when it is allowed
 * @param scopes the OAuth scopes that the caller's token needs; empty unless the outcome is SCOPE
 * @param caps how much the call may bring back
 * @param demands what the rules ask for, where the outcome is APPROVAL; each of them must be met
 */
public record Decision(
        Outcome outcome, String rule, String reason, Set<String> scopes, Caps caps, List<Demand> demands) {

    private static final String BETWEEN = ", ";

    /** A rule that asks for an approval, and whose. */
    public record Demand(String rule, Approving approving) {}

    /** What may come of it. */
    public enum Outcome {
        /** The call goes on. */
        ALLOWED,
        /** The call does not go on. */
        REFUSED,
        /** The call goes on when somebody else approves it. */
        APPROVAL,
        /** The call goes on with a token of more scopes. */
        SCOPE
    }

    public Decision {
        scopes = Set.copyOf(scopes);
        demands = List.copyOf(demands);
    }

    /** The call goes on. */
    public static Decision allowed(String rule, Caps caps) {
        return new Decision(Outcome.ALLOWED, rule, "", Set.of(), caps, List.of());
    }

    /** The call does not go on. */
    public static Decision refused(String rule, String reason) {
        return new Decision(Outcome.REFUSED, rule, reason, Set.of(), Caps.NONE, List.of());
    }

    /** The call waits for an approval. */
    static Decision approval(List<Demand> demands, String reason, Caps caps) {
        var rules = demands.stream().map(Demand::rule).toList();
        return new Decision(Outcome.APPROVAL, String.join(BETWEEN, rules), reason, Set.of(), caps, demands);
    }

    /** Whether all that ask for an approval here are among the rules that decided before, so that what they ask for was met. */
    public boolean asksNoMoreThan(String decidedBefore) {
        return outcome == Outcome.APPROVAL
                && List.of(decidedBefore.split(BETWEEN))
                        .containsAll(demands.stream().map(Demand::rule).toList());
    }

    /** The call needs a token with these scopes. */
    public static Decision scope(Set<String> scopes, String reason) {
        return new Decision(Outcome.SCOPE, "scope", reason, scopes, Caps.NONE, List.of());
    }

    /** Whether the call goes on as it is. */
    public boolean allowed() {
        return outcome == Outcome.ALLOWED;
    }

    /** Whether the call can go on, now or after an approval or with another token: what lists show. */
    public boolean possible() {
        return outcome != Outcome.REFUSED;
    }
}

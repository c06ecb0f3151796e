package symbolai.mcp.server.policy;

import java.util.Set;

/**
 * Whether a caller may do something.
 *
 * @param rule what decided: the id of a rule, or the name of one that is built in
 * @param reason why not, or why not yet, for the caller; empty when it is allowed
 * @param scopes the OAuth scopes that the caller's token needs; empty unless the outcome is SCOPE
 * @param caps how much the call may bring back
 * @param approving who may approve it, where the outcome is APPROVAL
 */
public record Decision(
        Outcome outcome, String rule, String reason, Set<String> scopes, Caps caps, Approving approving) {

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
    }

    /** The call goes on. */
    public static Decision allowed(String rule, Caps caps) {
        return new Decision(Outcome.ALLOWED, rule, "", Set.of(), caps, Approving.ADMIN);
    }

    /** The call does not go on. */
    public static Decision refused(String rule, String reason) {
        return new Decision(Outcome.REFUSED, rule, reason, Set.of(), Caps.NONE, Approving.ADMIN);
    }

    /** The call waits for an approval. */
    public static Decision approval(String rule, String reason, Caps caps, Approving approving) {
        return new Decision(Outcome.APPROVAL, rule, reason, Set.of(), caps, approving);
    }

    /** The call needs a token with these scopes. */
    public static Decision scope(Set<String> scopes, String reason) {
        return new Decision(Outcome.SCOPE, "scope", reason, scopes, Caps.NONE, Approving.ADMIN);
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

package symbolai.mcp.server.approvals;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import symbolai.mcp.api.Preview;

/**
 * A request to let one call through, and what became of it.
 *
 * @param requester who asks
 * @param credential the id of the key, grant or sign-in with which was asked; may be empty
 * @param client the program that asks
 * @param account what the requester is connected to, in words
 * @param target what the call is done to, in words; may be empty
 * @param subject tells that thing from all others; may be empty
 * @param rule the rule that demands the approval
 * @param reason why, in words
 * @param details what the call is exactly; empty where it was not asked for, or cannot be opened any more
 * @param votes what was decided, in order
 */
public record Approval(
        String id,
        State state,
        Person requester,
        String credential,
        String client,
        String address,
        String tool,
        String account,
        String target,
        String subject,
        String rule,
        String reason,
        Approvers approvers,
        Instant created,
        Instant expires,
        Optional<Details> details,
        List<Vote> votes) {

    /** How far a request has come. */
    public enum State {
        /** It waits for somebody to decide. */
        REQUESTED,
        /** The call may be made, once. */
        GRANTED,
        /** Somebody said no. */
        DENIED,
        /** Nobody decided in time, or the call was not made in time. */
        EXPIRED,
        /** The call was made. */
        USED;

        /** In lower case, as it is stored and shown. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A user. */
    public record Person(String id, String name) {}

    /**
     * What the call is exactly.
     *
     * @param preview what it would do, as far as that could be told
     * @param problem why that could not be told; empty when it could
     */
    public record Details(JsonObject arguments, Optional<Preview> preview, String problem) {

        public Details {
            arguments = arguments.copy();
        }

        private Details unseen() {
            return new Details(arguments, preview.map(Details::unseen), "");
        }

        private static Preview unseen(Preview seen) {
            var steps = seen.steps().stream()
                    .map(step -> new Preview.Step(step.text(), List.of(), OptionalLong.empty(), ""))
                    .toList();
            return new Preview(seen.target(), seen.subject(), steps);
        }
    }

    /** What one person decided. */
    public record Vote(Person approver, boolean granted, String note, Instant at) {}

    public Approval {
        votes = List.copyOf(votes);
    }

    /** The same for the one who asks: without what the database says, which nobody has approved to be told. */
    Approval forRequester() {
        return with(details.map(Details::unseen), votes);
    }

    /** The same with what it is exactly, and what was decided. */
    Approval with(Optional<Details> known, List<Vote> decided) {
        return new Approval(
                id,
                state,
                requester,
                credential,
                client,
                address,
                tool,
                account,
                target,
                subject,
                rule,
                reason,
                approvers,
                created,
                expires,
                known,
                decided);
    }

    /** Who said no, and why; empty when nobody did. */
    public Optional<Vote> denial() {
        return votes.stream().filter(vote -> !vote.granted()).findFirst();
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.Optional;
import symbolai.mcp.api.InputRequired;

/**
 * What a call's state says of its approval, beside what is the tool's own.
 *
 * @param id the request's id
 * @param round 0 while the request waits; afterwards the round that an approved call goes on with
 */
record ApprovalMark(String id, int round) {

    private static final String MEMBER = "_approval";
    private static final String ID = "id";
    private static final String ROUND = "round";

    /** What the state says; empty when it says nothing. */
    static Optional<ApprovalMark> of(JsonObject state) {
        return state.getValue(MEMBER) instanceof JsonObject mark
                        && mark.getValue(ID) instanceof String id
                        && mark.getValue(ROUND) instanceof Number round
                ? Optional.of(new ApprovalMark(id, round.intValue()))
                : Optional.empty();
    }

    /** The state without what it says of an approval. */
    static JsonObject without(JsonObject state) {
        var own = state.copy();
        own.remove(MEMBER);
        return own;
    }

    /** Whether the request waits, so that the answers beside the state are none of the tool's. */
    boolean waits() {
        return round == 0;
    }

    /** The questions with this in their state. */
    InputRequired on(InputRequired questions) {
        var state = questions.state().put(MEMBER, new JsonObject().put(ID, id).put(ROUND, round));
        return new InputRequired(questions.requests(), state);
    }
}

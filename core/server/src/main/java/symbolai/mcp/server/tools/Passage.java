package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.server.policy.Decision;
import symbolai.mcp.server.policy.Limits;

/** What the gate says to a call. */
sealed interface Passage {

    /** The call, and what decided. */
    CallRecord record();

    /**
     * The call goes on.
     *
     * @param answers those that are for the tool
     * @param state that which is the tool's own
     * @param permit is closed when the call has ended
     * @param redeeming uses the call's approval up
     */
    record Open(
            CallRecord record,
            Map<String, JsonObject> answers,
            JsonObject state,
            Limits.Permit permit,
            Redeeming redeeming)
            implements Passage {}

    /**
     * The call goes on when somebody approves it.
     *
     * @param permit is closed when it does not go on at once
     */
    record Due(CallRecord record, Decision decision, Limits.Permit permit) implements Passage {}

    /**
     * The call goes on when the client comes back.
     *
     * @param outcome asks for what is missing, or tells of it
     */
    record Asks(CallRecord record, CallOutcome outcome) implements Passage {}

    /** The call does not go on. */
    record Closed(CallRecord record, RuntimeException why) implements Passage {}
}

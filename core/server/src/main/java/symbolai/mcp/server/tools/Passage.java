package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.api.InputRequired;
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
     */
    record Open(CallRecord record, Map<String, JsonObject> answers, JsonObject state, Limits.Permit permit)
            implements Passage {}

    /** The call goes on when the client comes back with what is asked for. */
    record Asks(CallRecord record, InputRequired questions) implements Passage {}

    /** The call does not go on. */
    record Closed(CallRecord record, RuntimeException why) implements Passage {}
}

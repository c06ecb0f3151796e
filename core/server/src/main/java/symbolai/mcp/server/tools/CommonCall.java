package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import symbolai.mcp.api.Call;
import symbolai.mcp.api.CallLog;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Progress;

/** What all calls have in common. */
record CommonCall(
        Caller caller,
        Connection connection,
        Set<ClientCapability> clientCapabilities,
        Map<String, JsonObject> answers,
        JsonObject state,
        Progress progress,
        CallLog log,
        Cancellation cancellation,
        Deadline deadline)
        implements Call {
    CommonCall {
        answers = copied(answers);
        state = state.copy();
    }

    private static Map<String, JsonObject> copied(Map<String, JsonObject> answers) {
        var copies = new HashMap<String, JsonObject>();
        answers.forEach((name, answer) -> copies.put(name, answer.copy()));
        return Map.copyOf(copies);
    }
}

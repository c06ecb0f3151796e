package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ClientCapability;
import symbolai.mcp.api.Tool;

/**
 * A call that asks to be let through.
 *
 * @param answers the client's answers to the questions of the call before
 * @param state the state that the call before gave
 * @param connection names what the caller is connected to
 */
record Attempt(
        CallRecord record,
        LoadedTool loaded,
        JsonObject arguments,
        Map<String, JsonObject> answers,
        JsonObject state,
        String connection) {

    Tool tool() {
        return loaded.entry().value();
    }

    Requester requester() {
        return record.requester();
    }

    /** What the state says of an approval. */
    Optional<ApprovalMark> mark() {
        return ApprovalMark.of(state);
    }

    /** The state that is the tool's own. */
    JsonObject ownState() {
        return ApprovalMark.without(state);
    }

    /** The answers that are for the tool. */
    Map<String, JsonObject> ownAnswers() {
        return mark().filter(ApprovalMark::waits).isPresent() ? Map.of() : answers;
    }

    Caller caller() {
        return requester().caller();
    }

    /** What the tool needs of the client, and the client did not say it can. */
    Set<ClientCapability> missing() {
        var missing = EnumSet.noneOf(ClientCapability.class);
        missing.addAll(tool().requires());
        if (tool().task()) {
            missing.add(ClientCapability.TASKS);
        }
        missing.removeAll(requester().capabilities());
        return missing;
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;
import symbolai.mcp.server.policy.Decision;

/**
 * A call of a tool, however many entries into its handler it takes.
 *
 * @param record what the audit log is told of it; names the tool and the requester
 * @param round the round in which an approved call goes on when the tool asks something
 * @param connection names what the caller was connected to when it came in
 */
record ToolRun(CallRecord record, JsonObject arguments, int round, String connection) {

    /** A call that comes back in no round. */
    ToolRun(CallRecord record, JsonObject arguments, String connection) {
        this(record, arguments, 0, connection);
    }

    String tool() {
        return record.target().name();
    }

    /** Whether the decision is that the call goes on, or asks for no more than was approved. */
    boolean mayGoOn(Decision decision) {
        return decision.allowed() || (!record.approval().isEmpty() && decision.asksNoMoreThan(record.rule()));
    }

    Requester requester() {
        return record.requester();
    }
}

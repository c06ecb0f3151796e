package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;

/**
 * A call of a tool, however many entries into its handler it takes.
 *
 * @param record what the audit log is told of it; names the tool and the requester
 * @param round the round in which an approved call goes on when the tool asks something
 */
record ToolRun(CallRecord record, JsonObject arguments, int round) {

    /** A call that comes back in no round. */
    ToolRun(CallRecord record, JsonObject arguments) {
        this(record, arguments, 0);
    }

    String tool() {
        return record.target().name();
    }

    Requester requester() {
        return record.requester();
    }
}

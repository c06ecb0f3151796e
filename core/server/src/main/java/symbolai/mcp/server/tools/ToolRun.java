package symbolai.mcp.server.tools;

import io.vertx.core.json.JsonObject;

/**
 * A call of a tool, however many entries into its handler it takes.
 *
 * @param record what the audit log is told of it; names the tool and the requester
 */
record ToolRun(CallRecord record, JsonObject arguments) {
    String tool() {
        return record.target().name();
    }

    Requester requester() {
        return record.requester();
    }
}

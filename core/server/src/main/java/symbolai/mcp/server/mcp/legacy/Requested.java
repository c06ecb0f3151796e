package symbolai.mcp.server.mcp.legacy;

import symbolai.mcp.api.Caller;
import symbolai.mcp.server.jsonrpc.JsonRpcMessage;
import symbolai.mcp.server.tools.CancelSignal;

/** A request that is being answered, with all that belongs to it. */
record Requested(
        JsonRpcMessage.Request request, Conversation conversation, Caller caller, CancelSignal call, Outlet outlet) {}

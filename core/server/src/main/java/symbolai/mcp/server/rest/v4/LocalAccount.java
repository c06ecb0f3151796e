package symbolai.mcp.server.rest.v4;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.Reply;
import symbolai.mcp.server.tools.OperationInvoker;
import symbolai.mcp.server.tools.Requester;

/** Carries out operations on the embedded account for one request. */
final class LocalAccount {

    /** The embedded account's id, as Cloudflare's have it: 32 hexadecimal digits. */
    static final String ID = "10ca1acc000000000000000000000001";

    static final String NAME = "SymbolAI MCP, the embedded account";

    private final OperationInvoker invoker;
    private final Connection connection;
    private final Requester requester;

    LocalAccount(OperationInvoker invoker, Connection connection, Requester requester) {
        this.invoker = invoker;
        this.connection = connection;
        this.requester = requester;
    }

    Future<JsonObject> read(String operation, JsonObject arguments) {
        return reply(operation, arguments, Access.READ).map(Reply::json);
    }

    Future<JsonObject> write(String operation, JsonObject arguments) {
        return reply(operation, arguments, Access.WRITE).map(Reply::json);
    }

    Future<Reply> reply(String operation, JsonObject arguments, Access access) {
        return invoker.invoke(connection, operation, arguments, access, requester);
    }
}

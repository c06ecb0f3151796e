package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.util.Set;
import java.util.function.BooleanSupplier;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/**
 * A connection for as long as the caller is connected to what the call began with: nothing is done to an account that was made active meanwhile.
 *
 * @param same whether that is so now
 */
record SteadyConnection(Connection whole, BooleanSupplier same) implements Connection {

    @Override
    public Set<String> operations() {
        return whole.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return same.getAsBoolean()
                ? whole.invoke(operation)
                : Future.failedFuture(new ToolException(
                        Reason.CONFLICT,
                        "another account was made active since this began, so %s was not done there; begin again"
                                .formatted(operation.name())));
    }

    @Override
    public void close() {
        whole.close();
    }
}

package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.util.Set;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** A connection on which nothing can be changed. */
record ReadingConnection(Connection whole) implements Connection {

    @Override
    public Set<String> operations() {
        return whole.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        return operation.access() == Operation.Access.READ
                ? whole.invoke(operation)
                : Future.failedFuture(new ToolException(
                        Reason.REFUSED, operation.name() + " changes something, which a preview must not"));
    }

    @Override
    public void close() {
        whole.close();
    }
}

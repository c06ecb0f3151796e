package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.util.Locale;
import java.util.Set;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** Holds both sides of a connection to {@code docs/operations.md}: what a family asks, and what a backend answers. */
public final class CheckedConnection implements Connection {

    private final Connection connection;
    private final OperationBook book = OperationBook.read();

    public CheckedConnection(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Set<String> operations() {
        return connection.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        var access = operation.access().name().toLowerCase(Locale.ROOT);
        if (!book.allows(operation.name(), access)) {
            throw new AssertionError(operation.name() + " is not a " + access);
        }
        book.arguments(operation.name()).verify("the arguments of " + operation.name(), operation.arguments());
        return connection.invoke(operation).map(reply -> checked(operation, reply));
    }

    @Override
    public void close() {
        connection.close();
    }

    private Reply checked(Operation operation, Reply reply) {
        book.result(operation.name()).verify("the result of " + operation.name(), reply.json());
        return reply;
    }
}

package symbolai.mcp.testkit;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** Remembers what was asked of a connection. */
public final class RecordedConnection implements Connection {

    private final Connection connection;
    private final List<Operation> asked = new CopyOnWriteArrayList<>();

    public RecordedConnection(Connection connection) {
        this.connection = connection;
    }

    /** The operations that were asked for, in order. */
    public List<Operation> asked() {
        return List.copyOf(asked);
    }

    /** The names of the operations that were asked for, in order. */
    public List<String> names() {
        return asked.stream().map(Operation::name).toList();
    }

    /** Forgets what was asked so far. */
    public void forget() {
        asked.clear();
    }

    @Override
    public Set<String> operations() {
        return connection.operations();
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        asked.add(operation);
        return connection.invoke(operation);
    }

    @Override
    public void close() {
        connection.close();
    }
}

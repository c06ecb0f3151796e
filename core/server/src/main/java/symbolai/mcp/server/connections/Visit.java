package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** One open connection of a loaded connector, which is not unloaded before {@link #leave}. */
final class Visit {

    private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

    private final Connectors.Loaded loaded;
    private final Connection connection;
    private final Redaction redaction;
    private final AtomicBoolean left = new AtomicBoolean();

    Visit(Connectors.Loaded loaded, Connection connection, Redaction redaction) {
        this.loaded = loaded;
        this.connection = connection;
        this.redaction = redaction;
    }

    Redaction redaction() {
        return redaction;
    }

    Set<String> operations() {
        return Set.copyOf(connection.operations());
    }

    Duration freshFor(Operation operation) {
        return connection.freshFor(operation);
    }

    Future<Reply> invoke(Operation operation) {
        return Foreign.guarded(() -> connection.operations().contains(operation.name())
                        ? connection.invoke(operation)
                        : Future.failedFuture(unsupported(operation)))
                .compose(Foreign::present);
    }

    /** Closes the connection and lets the connector go; a second time does nothing. */
    void leave() {
        if (!left.compareAndSet(false, true)) {
            return;
        }
        try {
            connection.close();
        } catch (RuntimeException | LinkageError | StackOverflowError failure) {
            LOG.atWarn()
                    .setCause(redaction.clean(failure))
                    .addKeyValue("connector", loaded.connector().id())
                    .log("connection did not close");
        } finally {
            loaded.lease().leave();
        }
    }

    private ToolException unsupported(Operation operation) {
        return new ToolException(
                Reason.UNSUPPORTED,
                "the connected account (" + loaded.connector().id() + ") has no operation " + operation.name());
    }
}

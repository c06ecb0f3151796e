package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** The connection of one caller: leased, timed, and failing only with what a model may read. */
final class CallerConnection implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(CallerConnection.class);
    private static final SecureRandom RANDOM = new SecureRandom();
    /** How long a backend may take to tell by itself that the deadline has passed, which it does in better words. */
    private static final long GRACE_MILLIS = 250;

    private final Vertx vertx;
    private final Supplier<Optional<Connectors.Loaded>> connector;
    private final Caller caller;

    CallerConnection(Vertx vertx, Supplier<Optional<Connectors.Loaded>> connector, Caller caller) {
        this.vertx = vertx;
        this.connector = connector;
        this.caller = caller;
    }

    @Override
    public Set<String> operations() {
        var loaded = enter();
        if (loaded.isEmpty()) {
            return Set.of();
        }
        try (var connection = open(loaded.get())) {
            return Set.copyOf(connection.operations());
        } finally {
            loaded.get().lease().leave();
        }
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        if (operation.deadline().hasPassed()) {
            return Future.failedFuture(new ToolException(
                    Reason.NOT_SENT, "there was no time left for " + operation.name() + "; nothing was sent"));
        }
        var loaded = enter();
        if (loaded.isEmpty()) {
            return Future.failedFuture(new ToolException(
                    Reason.NOT_CONNECTED, "you are not connected to an account, which " + operation.name() + " needs"));
        }
        var running = run(loaded.get(), operation);
        running.onComplete((reply, failure) -> loaded.get().lease().leave());
        return timed(operation, running).recover(failure -> Future.failedFuture(readable(operation, failure)));
    }

    @Override
    public void close() {
        // Nothing is kept between operations.
    }

    /** Enters the connector that is current; a version that has just been replaced takes nobody, and then its successor is there. */
    private Optional<Connectors.Loaded> enter() {
        var loaded = connector.get();
        while (loaded.isPresent() && !loaded.get().lease().enter()) {
            var next = connector.get();
            if (next.equals(loaded)) {
                return Optional.empty();
            }
            loaded = next;
        }
        return loaded;
    }

    private static Connection open(Connectors.Loaded loaded) {
        return loaded.connector().open(Credentials.NONE, new DirectUpstream());
    }

    /** Foreign code: whatever it throws or returns becomes a future, and the connection is closed behind it. */
    private static Future<Reply> run(Connectors.Loaded loaded, Operation operation) {
        return guarded(() -> Future.succeededFuture(open(loaded)))
                .compose(connection -> guarded(() -> invoke(loaded, connection, operation))
                        .eventually(() -> guarded(() -> closed(connection))))
                .compose(CallerConnection::present);
    }

    private static <T> Future<T> guarded(Supplier<Future<T>> foreign) {
        try {
            var future = foreign.get();
            return future == null ? Future.failedFuture(new IllegalStateException("null was returned")) : future;
        } catch (Exception | LinkageError | StackOverflowError failure) {
            return Future.failedFuture(failure);
        }
    }

    private static Future<Reply> invoke(Connectors.Loaded loaded, Connection connection, Operation operation) {
        if (connection.operations().contains(operation.name())) {
            return connection.invoke(operation);
        }
        return Future.failedFuture(new ToolException(
                Reason.UNSUPPORTED,
                "the connected account (" + loaded.connector().id() + ") has no operation " + operation.name()));
    }

    private static Future<Void> closed(Connection connection) {
        connection.close();
        return Future.succeededFuture();
    }

    private static Future<Reply> present(Reply reply) {
        return reply == null
                ? Future.failedFuture(new IllegalStateException("the operation succeeded with null"))
                : Future.succeededFuture(reply);
    }

    private Future<Reply> timed(Operation operation, Future<Reply> running) {
        if (running.isComplete()) {
            return running;
        }
        var answer = Promise.<Reply>promise();
        long millis = Math.max(1, operation.deadline().remaining().toMillis()) + GRACE_MILLIS;
        long timer = vertx.setTimer(millis, id -> answer.tryFail(late(operation)));
        running.onComplete((reply, failure) -> {
            vertx.cancelTimer(timer);
            if (failure == null) {
                answer.tryComplete(reply);
            } else {
                answer.tryFail(failure);
            }
        });
        return answer.future();
    }

    private static ToolException late(Operation operation) {
        return operation.access() == Operation.Access.WRITE
                ? new ToolException(
                        Reason.TIMED_OUT,
                        operation.name() + " did not answer in time; it may have happened, so check first")
                : new ToolException(Reason.TIMED_OUT, operation.name() + " did not answer in time");
    }

    private Throwable readable(Operation operation, Throwable failure) {
        if (failure instanceof ToolException) {
            return failure;
        }
        var id = HexFormat.of().toHexDigits(RANDOM.nextLong());
        LOG.atError()
                .setCause(failure)
                .addKeyValue("id", id)
                .addKeyValue("operation", operation.name())
                .addKeyValue("caller", caller.id())
                .log("operation failed unexpectedly");
        return new ToolException(
                Reason.UNAVAILABLE, operation.name() + " failed unexpectedly; the server's log has it under " + id);
    }
}

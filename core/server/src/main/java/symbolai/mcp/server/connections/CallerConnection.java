package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Connection;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** The connection of one caller: leased, timed, and failing only with what a model may read. */
final class CallerConnection implements Connection {
    /** How long a backend may take to tell by itself that the deadline has passed, which it does in better words. */
    private static final Duration GRACE = Duration.ofMillis(250);

    private final Vertx vertx;
    private final Function<String, Visit> entrance;
    private final Caller caller;
    private final ReplyCache cache;
    private final Timing timing;

    /**
     * @param entrance opens the connection for the operation of this name; fails with a {@link ToolException}
     */
    CallerConnection(Vertx vertx, Function<String, Visit> entrance, Caller caller, ReplyCache cache, Timing timing) {
        this.vertx = vertx;
        this.entrance = entrance;
        this.caller = caller;
        this.cache = cache;
        this.timing = timing;
    }

    @Override
    public Set<String> operations() {
        try {
            var visit = entrance.apply("the list of operations");
            try {
                return visit.operations();
            } finally {
                visit.leave();
            }
        } catch (ToolException notNow) {
            return Set.of();
        }
    }

    @Override
    public Future<Reply> invoke(Operation operation) {
        if (operation.deadline().hasPassed()) {
            return Future.failedFuture(new ToolException(
                    Reason.NOT_SENT, "there was no time left for " + operation.name() + "; nothing was sent"));
        }
        return Foreign.guarded(() -> begin(operation));
    }

    @Override
    public void close() {
        // Nothing is kept between operations.
    }

    private Future<Reply> begin(Operation operation) {
        var visit = entrance.apply(operation.name());
        var running = Foreign.guarded(() -> carriedOut(operation, visit)).onComplete(ended -> visit.leave());
        return timed(operation, running)
                .recover(failure -> Future.failedFuture(
                        HiddenFailures.readable(operation.name(), caller.id(), visit.redaction(), failure)));
    }

    /** What several callers read at once is read once, and told to each on a context of its own. */
    private Future<Reply> carriedOut(Operation operation, Visit visit) {
        if (operation.access() == Operation.Access.WRITE) {
            return cache.write(visit.space(operation), () -> visit.invoke(operation, timing));
        }
        var fresh = visit.freshFor(operation);
        return fresh.isZero()
                ? visit.invoke(operation, timing)
                : Landing.here(vertx)
                        .of(cache.read(
                                visit.space(operation), fresh, operation, shared -> visit.invoke(shared, timing)));
    }

    /** Bytes that come when nobody waits any more are let go. */
    private Future<Reply> timed(Operation operation, Future<Reply> running) {
        if (running.isComplete()) {
            return running;
        }
        var answer = Promise.<Reply>promise();
        var timer = timing.once(operation.deadline().remaining().plus(GRACE), () -> answer.tryFail(late(operation)));
        running.onComplete(ended -> timer.cancel()).onFailure(answer::tryFail).onSuccess(reply -> {
            if (!answer.tryComplete(reply)) {
                reply.body().ifPresent(ByteStream::close);
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
}

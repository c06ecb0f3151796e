package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream;

/** The way out for one set of credentials. Each request is made on the context of who asked for it. */
final class GuardedUpstream implements Upstream {

    private static final Logger LOG = LoggerFactory.getLogger(GuardedUpstream.class);
    private static final int MOST_HOSTS = 64;
    /** How long a connector may take to tell by itself that the deadline has passed. */
    private static final Duration GRACE = Duration.ofMillis(100);

    private final Vertx vertx;
    private final Timing timing;
    private final String connector;
    private final Retries retries;
    private final Budget budget;
    private final Recent<String, HostGate> hosts;

    GuardedUpstream(Vertx vertx, Timing timing, String connector, Retries retries, int requests, int concurrency) {
        this.vertx = vertx;
        this.timing = timing;
        this.connector = connector;
        this.retries = retries;
        this.budget = new Budget(timing, requests);
        this.hosts = new Recent<>(MOST_HOSTS, host -> new HostGate(timing, host, budget, concurrency));
    }

    @Override
    public <T> Future<T> request(Target target, Supplier<Future<T>> send) {
        return attempt(target, send, Landing.here(vertx), 0);
    }

    @Override
    public void remaining(int remaining, Duration window) {
        budget.remaining(remaining, window);
    }

    private <T> Future<T> attempt(Target target, Supplier<Future<T>> send, Landing landing, int tried) {
        var gate = hosts.get(target.host());
        return landing.of(gate.pass(target))
                .compose(pass -> once(pass, target, send, tried)
                        .recover(failure -> again(failure, target, send, landing, tried)));
    }

    private <T> Future<T> again(
            Throwable failure, Target target, Supplier<Future<T>> send, Landing landing, int tried) {
        return retries.after(failure, target, tried, timing.now())
                .map(pause -> landing.of(new Pause(timing).of(pause, target.cancellation()))
                        .compose(waited -> attempt(target, send, landing, tried + 1)))
                .orElseGet(() -> Future.failedFuture(failure));
    }

    /** One try, whose turn ends with its answer, or with the deadline when it does not come. */
    private <T> Future<T> once(HostGate.Pass pass, Target target, Supplier<Future<T>> send, int tried) {
        if (target.deadline().hasPassed() || target.cancellation().isCancelled()) {
            pass.unused();
            return Future.failedFuture(
                    target.deadline().hasPassed()
                            ? new ToolException(Reason.NOT_SENT, "there was no time left; nothing was sent")
                            : Pause.cancelled());
        }
        long began = timing.nanos();
        var answer = Promise.<T>promise();
        var timer = timing.once(target.deadline().remaining().plus(GRACE), () -> answer.tryFail(late(target)));
        Foreign.guarded(send).onSuccess(answer::tryComplete).onFailure(answer::tryFail);
        return answer.future()
                .onSuccess(value -> pass.succeeded())
                .onFailure(pass::failed)
                .onComplete((value, failure) -> timer.cancel())
                .onComplete((value, failure) -> log(target, tried, timing.nanos() - began, outcome(failure)));
    }

    private static ToolException late(Target target) {
        var read = target.access() == Operation.Access.READ;
        return new ToolException(
                Reason.TIMED_OUT,
                target.host() + " did not answer in time" + (read ? "" : "; it may have happened, so check first"));
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "done";
        }
        return failure instanceof ToolException known ? known.reason().name() : "unexpected";
    }

    private void log(Target target, int tried, long nanos, String outcome) {
        LOG.atDebug()
                .addKeyValue("connector", connector)
                .addKeyValue("host", target.host())
                .addKeyValue("access", target.access())
                .addKeyValue("try", tried + 1)
                .addKeyValue("millis", nanos / 1_000_000)
                .addKeyValue("outcome", outcome)
                .log("upstream request ended");
    }
}

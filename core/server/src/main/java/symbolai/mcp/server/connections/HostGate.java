package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream.Target;

/** The gate before one host for one set of credentials: a request passes when host, budget and turn allow it. */
final class HostGate {

    private final Timing timing;
    private final String host;
    private final Budget budget;
    private final Breaker breaker;
    private final Bulkhead bulkhead;

    HostGate(Timing timing, String host, Budget budget, int concurrency) {
        this.timing = timing;
        this.host = host;
        this.budget = budget;
        this.breaker = new Breaker(timing);
        this.bulkhead = new Bulkhead(timing, host, concurrency);
    }

    /** Leave for one try; tells how the try ended, once. */
    final class Pass {

        private final Breaker.Permit permit;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Pass(Breaker.Permit permit) {
            this.permit = permit;
        }

        void succeeded() {
            end(Breaker.End.GOOD);
        }

        void failed(Throwable failure) {
            if (failure instanceof ToolException known && known.reason() == Reason.RATE_LIMITED) {
                known.retryAt().ifPresent(at -> budget.block(Duration.between(timing.now(), at)));
            }
            end(blame(failure));
        }

        /** Nothing was tried. */
        void unused() {
            if (end(Breaker.End.UNKNOWN)) {
                budget.giveBack();
            }
        }

        private boolean end(Breaker.End end) {
            boolean first = ended.compareAndSet(false, true);
            if (first) {
                breaker.ended(permit, end);
                bulkhead.leave();
            }
            return first;
        }
    }

    /** Succeeds when a try may be made; fails at once when it may not in time. */
    Future<Pass> pass(Target target) {
        var refusal = breaker.refusal();
        if (refusal.isPresent()) {
            return Future.failedFuture(broken(refusal.get()));
        }
        return funded(target, budget.take())
                .compose(funded ->
                        bulkhead.enter(target.deadline(), target.cancellation()).compose(turn -> permitted()))
                .onFailure(notNow -> budget.giveBack());
    }

    /** Waits for the budget; a system that says meanwhile that it wants no requests is waited for too. */
    private Future<Void> funded(Target target, Duration wait) {
        if (wait.isZero()) {
            return Future.succeededFuture();
        }
        if (wait.compareTo(target.deadline().remaining()) >= 0) {
            return Future.failedFuture(new ToolException(
                    Reason.RATE_LIMITED,
                    "these credentials have no more requests to " + host + " for " + seconds(wait)
                            + "; nothing was sent",
                    Optional.of(timing.now().plus(wait))));
        }
        return new Pause(timing).of(wait, target.cancellation()).compose(waited -> funded(target, budget.blocked()));
    }

    private Future<Pass> permitted() {
        return breaker.enter()
                .map(permit -> Future.succeededFuture(new Pass(permit)))
                .orElseGet(this::turnedAway);
    }

    private Future<Pass> turnedAway() {
        bulkhead.leave();
        return Future.failedFuture(broken(breaker.refusal().orElse(Duration.ZERO)));
    }

    private ToolException broken(Duration wait) {
        return new ToolException(
                Reason.UNAVAILABLE,
                host + " has failed again and again, so it is left alone for " + seconds(wait) + "; nothing was sent",
                Optional.of(timing.now().plus(wait)));
    }

    private static String seconds(Duration time) {
        return Math.max(1, (time.toMillis() + 999) / 1000) + " s";
    }

    private static Breaker.End blame(Throwable failure) {
        if (!(failure instanceof ToolException known)) {
            return Breaker.End.BAD;
        }
        return switch (known.reason()) {
            case UNAVAILABLE, TIMED_OUT, NOT_SENT, ANSWER_TOO_LARGE -> Breaker.End.BAD;
            case CANCELLED -> Breaker.End.UNKNOWN;
            default -> Breaker.End.GOOD;
        };
    }
}

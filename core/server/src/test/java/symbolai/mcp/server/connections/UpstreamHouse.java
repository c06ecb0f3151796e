package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.Operation.Access;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream.Target;

/** A way out whose time passes when it is told to, and a system that answers as a test says. */
final class UpstreamHouse implements AutoCloseable {

    static final List<Duration> DELAYS = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));

    final TestTiming timing = new TestTiming();
    final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    final List<Promise<String>> sent = new ArrayList<>();
    final List<Long> moments = new ArrayList<>();
    final GuardedUpstream upstream;

    UpstreamHouse() {
        this(1200, 32, 0.5);
    }

    UpstreamHouse(int requests, int concurrency, double random) {
        upstream = new GuardedUpstream(
                vertx, timing, "cloudflare", new Retries(DELAYS, () -> random), requests, concurrency);
    }

    static Target target(Access access) {
        return target(access, Duration.ofMinutes(30), Cancellation.NEVER);
    }

    static Target target(Access access, Duration time, Cancellation cancellation) {
        return new Target("api.example.com", access, Deadline.after(time), cancellation);
    }

    /** Asks; each try is kept, and answered by hand. */
    Future<String> request(Target target) {
        return settled(upstream.request(target, this::send));
    }

    /** Asks; each try is answered by the next of the script, and then with "done". */
    Future<String> request(Target target, ArrayDeque<Throwable> script) {
        Supplier<Future<String>> scripted = () -> {
            send();
            var failure = script.poll();
            return failure == null ? Future.succeededFuture("done") : Future.failedFuture(failure);
        };
        return settled(upstream.request(target, scripted));
    }

    private Future<String> send() {
        var answer = Promise.<String>promise();
        sent.add(answer);
        moments.add(timing.nanos() / 1_000_000);
        return answer.future();
    }

    void answer(int index) {
        sent.get(index).complete("done");
        settle();
    }

    void fail(int index, Throwable failure) {
        sent.get(index).fail(failure);
        settle();
    }

    /** Lets time pass a second at a time, so that what follows from one timer can set the next. */
    void advance(Duration duration) {
        var left = duration;
        for (var step = Duration.ofMillis(100); !left.isZero(); left = left.minus(step)) {
            step = left.compareTo(step) < 0 ? left : step;
            timing.advance(step);
            settle();
        }
    }

    /** All work is on one event loop, in order: after a few rounds there is none left. */
    void settle() {
        for (int round = 0; round < 12; round++) {
            var turned = Promise.<Void>promise();
            vertx.runOnContext(turned::complete);
            VaultHouse.get(turned.future());
        }
    }

    private <T> Future<T> settled(Future<T> future) {
        settle();
        return future;
    }

    static ToolException failure(Reason reason) {
        return new ToolException(reason, "scripted " + reason);
    }

    ToolException limited(Duration time) {
        return new ToolException(Reason.RATE_LIMITED, "scripted", Optional.of(at(time)));
    }

    Instant at(Duration time) {
        return timing.now().plus(time);
    }

    @Override
    public void close() {
        VaultHouse.get(vertx.close());
    }
}

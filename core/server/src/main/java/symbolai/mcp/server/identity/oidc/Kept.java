package symbolai.mcp.server.identity.oidc;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something of the provider's that is fetched anew when it is old, by one request at a time and at most once a minute. When that fails, the old
 * one stays good for a day; where there is none, it is tried again after some seconds. Safe for any thread.
 */
final class Kept<T> {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Duration PAUSE_WITHOUT = Duration.ofSeconds(5);
    private static final Duration OUTAGE = Duration.ofDays(1);

    private final Supplier<Future<T>> fetch;
    private final Duration good;
    private final Clock clock;
    private Optional<Value<T>> value = Optional.empty();
    private Optional<Future<T>> fetching = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private Instant asked = Instant.MIN;

    Kept(Supplier<Future<T>> fetch, Duration good, Clock clock) {
        this.fetch = fetch;
        this.good = good;
        this.clock = clock;
    }

    /** What is known, fetched when it is too old. */
    synchronized Future<T> get() {
        return value.filter(known -> known.age(clock).compareTo(good) < 0)
                .map(known -> Future.succeededFuture(known.value()))
                .orElseGet(this::renewed);
    }

    /** What is fetched now, because what is known does not hold what is looked for. */
    synchronized Future<T> renewed() {
        var old = value.filter(known -> known.age(clock).compareTo(OUTAGE) < 0);
        if (fetching.isEmpty() && old.isPresent() && clock.instant().isBefore(asked.plus(PAUSE))) {
            return Future.succeededFuture(old.get().value());
        }
        if (fetching.isEmpty() && failure.isPresent() && clock.instant().isBefore(asked.plus(PAUSE_WITHOUT))) {
            return Future.failedFuture(failure.get());
        }
        var answer = fetching.orElseGet(this::begin);
        return old.map(known -> answer.otherwise(known.value())).orElse(answer);
    }

    private Future<T> begin() {
        asked = clock.instant();
        var begun = fetch.get();
        fetching = Optional.of(begun);
        return begun.onSuccess(this::keep).onFailure(this::fail).onComplete(done -> end());
    }

    private synchronized void keep(T fetched) {
        value = Optional.of(new Value<>(fetched, clock.instant()));
        failure = Optional.empty();
    }

    private synchronized void fail(Throwable reason) {
        failure = Optional.of(reason);
    }

    private synchronized void end() {
        fetching = Optional.empty();
    }

    private record Value<T>(T value, Instant at) {

        Duration age(Clock clock) {
            return Duration.between(at, clock.instant());
        }
    }
}

package symbolai.mcp.server.policy;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.LimitsConfig;

/** How often, and how many at once, each user calls. Safe for any thread; who has been idle is forgotten. */
public final class Limits {

    private static final int TIDY_ABOVE = 1_000;
    private static final long TIDY_NANOS = Duration.ofSeconds(10).toNanos();

    private final LimitsConfig config;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<String, Bucket> buckets = new HashMap<>();
    private final Map<String, Integer> running = new HashMap<>();
    private long tidied;

    public Limits(LimitsConfig config, Clock clock) {
        this(config, clock, System::nanoTime);
    }

    Limits(LimitsConfig config, Clock clock, LongSupplier nanos) {
        this.config = config;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** A call that counts until this is closed; to close it again does nothing. */
    @FunctionalInterface
    public interface Permit {

        /** For calls that nothing limits. */
        Permit UNLIMITED = () -> {};

        /** Ends the call. */
        void close();
    }

    /** One limit that a call runs against. */
    private record Rate(String key, int perMinute, String whose) {}

    /**
     * Counts one call of the tool.
     *
     * @throws ToolException RATE_LIMITED, and when to try again; then nothing was counted
     */
    public synchronized Permit take(Caller caller, String tool) {
        if (caller.credential().kind() == Credential.Kind.LOCAL) {
            return Permit.UNLIMITED;
        }
        long now = nanos.getAsLong();
        tidy(now);
        requireRoom(caller);
        var rates = rates(caller, tool);
        rates.forEach(rate -> require(rate, now));
        rates.forEach(rate -> bucket(rate, now).take());
        return entered(caller);
    }

    /**
     * Counts something among what the caller does at once, and not among the calls of a minute.
     *
     * @throws ToolException RATE_LIMITED, and when to try again; then nothing was counted
     */
    public synchronized Permit enter(Caller caller) {
        if (caller.credential().kind() == Credential.Kind.LOCAL) {
            return Permit.UNLIMITED;
        }
        requireRoom(caller);
        return entered(caller);
    }

    private void requireRoom(Caller caller) {
        int atOnce = running.getOrDefault(caller.id(), 0);
        if (config.concurrentCalls() > 0 && atOnce >= config.concurrentCalls()) {
            throw new ToolException(
                    Reason.RATE_LIMITED,
                    "you have " + atOnce + " calls under way, and may have " + config.concurrentCalls()
                            + "; nothing was done, wait for one of them to end",
                    Optional.of(clock.instant().plusSeconds(1)));
        }
    }

    private Permit entered(Caller caller) {
        running.merge(caller.id(), 1, Integer::sum);
        var closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                leave(caller.id());
            }
        };
    }

    private synchronized void leave(String user) {
        running.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    private List<Rate> rates(Caller caller, String tool) {
        var rates = new ArrayList<Rate>();
        rates.add(new Rate("user " + caller.id(), config.callsPerMinute(), "you may make"));
        caller.keyId()
                .ifPresent(key ->
                        rates.add(new Rate("key " + key, config.callsPerMinutePerKey(), "your API key may make")));
        config.tools().forEach((glob, count) -> {
            if (Glob.matches(glob, tool)) {
                rates.add(
                        new Rate("tool " + glob + " " + caller.id(), count, "of the tools " + glob + " you may make"));
            }
        });
        rates.removeIf(rate -> rate.perMinute() == 0);
        return rates;
    }

    private void require(Rate rate, long now) {
        var pause = bucket(rate, now).pause();
        if (!pause.isZero()) {
            throw new ToolException(
                    Reason.RATE_LIMITED,
                    rate.whose() + " " + rate.perMinute() + " calls a minute, and these are made; nothing was done",
                    Optional.of(clock.instant().plus(pause)));
        }
    }

    private Bucket bucket(Rate rate, long now) {
        var bucket = buckets.computeIfAbsent(rate.key(), key -> new Bucket(rate.perMinute(), now));
        bucket.fill(now);
        return bucket;
    }

    /** A full bucket says no more than none. */
    private void tidy(long now) {
        if (buckets.size() > TIDY_ABOVE && now - tidied > TIDY_NANOS) {
            tidied = now;
            buckets.values().forEach(bucket -> bucket.fill(now));
            buckets.values().removeIf(Bucket::isFull);
        }
    }

    synchronized int remembered() {
        return buckets.size() + running.size();
    }

    /** Fills at an even pace, up to the calls of one minute. */
    private static final class Bucket {

        private static final double MINUTE = Duration.ofMinutes(1).toNanos();

        private final int size;
        private double calls;
        private long filled;

        Bucket(int size, long now) {
            this.size = size;
            this.calls = size;
            this.filled = now;
        }

        void fill(long now) {
            calls = Math.min(size, calls + (now - filled) / MINUTE * size);
            filled = now;
        }

        boolean isFull() {
            return calls >= size;
        }

        /** How long until there is room for a call; zero when there is. */
        Duration pause() {
            return calls >= 1 ? Duration.ZERO : Duration.ofNanos((long) Math.ceil((1 - calls) * MINUTE / size));
        }

        void take() {
            calls--;
        }
    }
}

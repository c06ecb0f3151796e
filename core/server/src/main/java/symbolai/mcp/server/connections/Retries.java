package symbolai.mcp.server.connections;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Upstream.Target;

/**
 * Decides whether a failed try is followed by another one. A write is tried again only when nothing of it can have happened.
 *
 * @param delays before each further try
 * @param random from 0 to 1, so that callers who failed together do not come again together
 */
record Retries(List<Duration> delays, DoubleSupplier random) {

    private static final double JITTER = 0.1;

    Retries {
        delays = List.copyOf(delays);
    }

    /**
     * How long to wait before the next try; empty when there is none.
     *
     * @param tried how many further tries there were
     */
    Optional<Duration> after(Throwable failure, Target target, int tried, Instant now) {
        if (!(failure instanceof ToolException known)
                || tried >= delays.size()
                || !mayBeRepeated(known.reason(), target.access())
                || target.cancellation().isCancelled()) {
            return Optional.empty();
        }
        return Optional.of(pause(known, tried, now))
                .filter(pause -> pause.compareTo(target.deadline().remaining()) < 0);
    }

    private static boolean mayBeRepeated(Reason reason, Operation.Access access) {
        return switch (reason) {
            case NOT_SENT, RATE_LIMITED -> true;
            case UNAVAILABLE, TIMED_OUT -> access == Operation.Access.READ;
            default -> false;
        };
    }

    /** A time that the system named is kept to; otherwise the delay, a little longer or shorter. */
    private Duration pause(ToolException failure, int tried, Instant now) {
        var named = failure.retryAt().map(at -> Duration.between(now, at)).filter(wait -> !wait.isNegative());
        if (failure.reason() == Reason.RATE_LIMITED && named.isPresent()) {
            return named.get();
        }
        double factor = 1 - JITTER + 2 * JITTER * random.getAsDouble();
        var delay = Duration.ofNanos((long) (delays.get(tried).toNanos() * factor));
        return named.filter(wait -> wait.compareTo(delay) > 0).orElse(delay);
    }
}

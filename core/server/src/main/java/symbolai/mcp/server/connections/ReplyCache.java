package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.CanonicalJson;

/**
 * Asks a system once for what several callers want to read at the same time, and keeps the reply for a short while. While something is
 * written nothing is shared and nothing is kept. Safe for any thread.
 */
final class ReplyCache {

    private static final int MOST = 1_000;
    private static final long MOST_BYTES = 32L << 20;
    private static final long LARGEST = 1L << 20;

    /** What is read and written together: one family on one account, through one version of its connector. */
    record Space(Upstreams.Fingerprint fingerprint, Lease version, String family) {}

    private record Key(Space space, String operation, String arguments) {

        static Key of(Space space, Operation operation) {
            return new Key(space, operation.name(), CanonicalJson.sha256(operation.arguments()));
        }
    }

    private record Kept(JsonObject json, long bytes, long until) {}

    /** What there is for a reader: a kept reply, another one's read, or one to make; none of them while something is written. */
    private record Found(Optional<JsonObject> kept, Optional<Flight> other, Optional<Flight> own) {}

    private final Timing timing;
    private final Map<Key, Kept> replies = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, Flight> flights = new HashMap<>();
    private final Map<Space, Integer> writers = new HashMap<>();
    private long bytes;

    ReplyCache(Timing timing) {
        this.timing = timing;
    }

    /**
     * The reply to a read: a fresh one that was kept, that of a read under way, or a new one.
     *
     * @param fresh how long it may be kept
     * @param send reads it from the system
     */
    Future<Reply> read(Space space, Duration fresh, Operation operation, Function<Operation, Future<Reply>> send) {
        var key = Key.of(space, operation);
        var found = find(key, operation);
        if (found.kept().isPresent()) {
            return Future.succeededFuture(new Reply(found.kept().get().copy()));
        }
        if (found.other().isPresent()) {
            return follow(found.other().get(), operation, send);
        }
        return found.own()
                .map(flight -> lead(key, fresh, flight, operation, send))
                .orElseGet(() -> send.apply(operation));
    }

    /** Carries out a write; what was read before it has ended is given to nobody who asks later. */
    Future<Reply> write(Space space, Supplier<Future<Reply>> send) {
        began(space);
        return Foreign.guarded(send).onComplete(ended -> ended(space));
    }

    /** How many bytes are kept. */
    synchronized long bytes() {
        return bytes;
    }

    private synchronized Found find(Key key, Operation operation) {
        if (writers.containsKey(key.space())) {
            return new Found(Optional.empty(), Optional.empty(), Optional.empty());
        }
        var kept = Optional.ofNullable(replies.get(key)).filter(reply -> reply.until() - timing.nanos() > 0);
        if (kept.isPresent()) {
            return new Found(kept.map(Kept::json), Optional.empty(), Optional.empty());
        }
        var other = Optional.ofNullable(flights.get(key)).filter(Flight::join);
        if (other.isPresent()) {
            return new Found(Optional.empty(), other, Optional.empty());
        }
        var own = new Flight(operation.deadline());
        own.join();
        flights.put(key, own);
        return new Found(Optional.empty(), Optional.empty(), Optional.of(own));
    }

    private Future<Reply> lead(
            Key key, Duration fresh, Flight flight, Operation operation, Function<Operation, Future<Reply>> send) {
        var mine = waited(flight, operation);
        var shared = new Operation(
                operation.name(), operation.arguments(), operation.access(), operation.deadline(), flight);
        send.apply(shared).onComplete((reply, failure) -> {
            landed(key, fresh, flight, Optional.ofNullable(reply));
            flight.answer().complete(reply, failure);
        });
        return mine;
    }

    /** What cannot be shared is asked for again, and what failed for reasons of the caller who asked first. */
    private static Future<Reply> follow(Flight flight, Operation operation, Function<Operation, Future<Reply>> send) {
        return waited(flight, operation)
                .recover(failure -> failure instanceof ToolException known
                                && (known.reason() == Reason.TIMED_OUT || known.reason() == Reason.CANCELLED)
                                && !operation.cancellation().isCancelled()
                                && !operation.deadline().hasPassed()
                        ? send.apply(operation)
                        : Future.failedFuture(failure));
    }

    /** The flight's reply for one of those who wait for it; bytes are only for the first. */
    private static Future<Reply> waited(Flight flight, Operation operation) {
        var mine = Promise.<Reply>promise();
        operation.cancellation().onCancel(() -> {
            if (mine.tryFail(new ToolException(Reason.CANCELLED, operation.name() + " was cancelled"))) {
                flight.leave();
            }
        });
        flight.answer().future().onComplete((reply, failure) -> settle(flight, mine, reply, failure));
        return mine.future();
    }

    private static void settle(Flight flight, Promise<Reply> mine, @Nullable Reply reply, @Nullable Throwable failure) {
        if (reply == null) {
            mine.tryFail(Objects.requireNonNull(failure));
        } else if (reply.body().isEmpty()) {
            mine.tryComplete(new Reply(reply.json().copy()));
        } else if (!flight.takeBody()) {
            mine.tryFail(new ToolException(Reason.CANCELLED, "the bytes went to another caller"));
        } else if (!mine.tryComplete(reply)) {
            reply.body().ifPresent(ByteStream::close);
        }
    }

    private synchronized void landed(Key key, Duration fresh, Flight flight, Optional<Reply> reply) {
        boolean current = flights.remove(key, flight);
        reply.filter(given -> current && given.body().isEmpty()).ifPresent(given -> keep(key, fresh, given));
    }

    private void keep(Key key, Duration fresh, Reply reply) {
        long size = JsonSize.of(reply.json(), LARGEST);
        if (size > LARGEST) {
            return;
        }
        forget(key);
        replies.put(key, new Kept(reply.json().copy(), size, timing.nanos() + fresh.toNanos()));
        bytes += size;
        while (replies.size() > MOST || bytes > MOST_BYTES) {
            forget(replies.keySet().iterator().next());
        }
    }

    private void forget(Key key) {
        var former = replies.remove(key);
        bytes -= former == null ? 0 : former.bytes();
    }

    private synchronized void began(Space space) {
        writers.merge(space, 1, Integer::sum);
        forget(space);
    }

    private synchronized void ended(Space space) {
        writers.computeIfPresent(space, (same, count) -> count == 1 ? null : count - 1);
        forget(space);
    }

    /** Those who read now still get what they read, but it is not kept, and nobody joins them. */
    private void forget(Space space) {
        replies.keySet().stream()
                .filter(key -> key.space().equals(space))
                .toList()
                .forEach(this::forget);
        flights.keySet().removeIf(key -> key.space().equals(space));
    }
}

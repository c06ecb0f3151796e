package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import symbolai.mcp.api.ToolException;

/** Whose turn it is to write to a database: many at once, or one alone; first come, first served. */
final class Turns {

    private static final int MOST_WAITING = 256;

    private final Map<String, Line> lines = new HashMap<>();

    /** Does the work while nobody is alone with the database. */
    <T> Future<T> together(String uuid, Supplier<Future<T>> work) {
        return take(uuid, false, work);
    }

    /** Does the work while nobody else writes to the database. */
    <T> Future<T> alone(String uuid, Supplier<Future<T>> work) {
        return take(uuid, true, work);
    }

    private <T> Future<T> take(String uuid, boolean alone, Supplier<Future<T>> work) {
        var turn = new Turn(alone, Optional.ofNullable(Vertx.currentContext()), Promise.promise());
        return join(uuid, turn)
                ? turn.begun().future().compose(begun -> work.get()).onComplete(done -> leave(uuid))
                : Future.failedFuture(new ToolException(
                        ToolException.Reason.UNAVAILABLE,
                        "the database has " + MOST_WAITING + " writes waiting already; try again later"));
    }

    /** Whoever need not wait begins at once. */
    private synchronized boolean join(String uuid, Turn turn) {
        var line = lines.computeIfAbsent(uuid, made -> new Line());
        if (line.waiting.size() >= MOST_WAITING) {
            return false;
        }
        line.waiting.add(turn);
        if (line.next().contains(turn)) {
            turn.begun().complete();
        }
        return true;
    }

    private void leave(String uuid) {
        left(uuid).forEach(Turn::begin);
    }

    private synchronized List<Turn> left(String uuid) {
        var line = lines.computeIfAbsent(uuid, made -> new Line());
        line.running--;
        var next = line.next();
        if (line.running == 0) {
            lines.remove(uuid);
        }
        return next;
    }

    /**
     * One who wants to write.
     *
     * @param context where the work is done
     */
    private record Turn(boolean alone, Optional<Context> context, Promise<Void> begun) {

        void begin() {
            context.ifPresentOrElse(own -> own.runOnContext(now -> begun.complete()), begun::complete);
        }
    }

    /** Those who write to one database, and those who wait. */
    private static final class Line {

        private final Deque<Turn> waiting = new ArrayDeque<>();
        private int running;
        private boolean alone;

        /** Lets in those whose turn it is. */
        List<Turn> next() {
            var next = new ArrayList<Turn>();
            for (var first = waiting.peek(); first != null && admits(first); first = waiting.peek()) {
                next.add(waiting.remove());
                running++;
                alone = first.alone();
            }
            return next;
        }

        private boolean admits(Turn turn) {
            return running == 0 || !(alone || turn.alone());
        }
    }
}

package symbolai.mcp.server.connections;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import symbolai.mcp.api.Timers.Timer;

/** Time that passes when it is told to. */
final class TestTiming implements Timing {

    private static final Instant START = Instant.parse("2026-11-22T12:00:00Z");

    private record Set(long at, long order, Runnable task) {}

    private final PriorityQueue<Set> timers =
            new PriorityQueue<>(Comparator.comparingLong(Set::at).thenComparingLong(Set::order));
    private long nanos;
    private long order;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return START.plusNanos(nanos);
    }

    @Override
    public synchronized Timer once(Duration delay, Runnable task) {
        var set = new Set(nanos + delay.toNanos(), order++, task);
        timers.add(set);
        return () -> cancel(set);
    }

    private synchronized void cancel(Set set) {
        timers.remove(set);
    }

    /** Lets time pass, and what is due happen at its time. */
    void advance(Duration duration) {
        long end = nanos() + duration.toNanos();
        for (var due = next(end); due != null; due = next(end)) {
            due.task().run();
        }
        synchronized (this) {
            nanos = end;
        }
    }

    private synchronized Set next(long end) {
        var due = timers.peek();
        if (due == null || due.at() > end) {
            return null;
        }
        timers.remove();
        nanos = due.at();
        return due;
    }

    synchronized int waiting() {
        return timers.size();
    }
}

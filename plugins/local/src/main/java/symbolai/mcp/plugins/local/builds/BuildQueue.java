package symbolai.mcp.plugins.local.builds;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Lets two builds run at once and one of each Worker; the others wait. Safe for any thread. */
final class BuildQueue {

    static final int MOST_WAITING = 20;

    private static final int AT_ONCE = 2;

    private final Function<BuildJob, RunningBuild> runner;
    private final Deque<BuildJob> waiting = new ArrayDeque<>();
    private final Map<String, RunningBuild> running = new LinkedHashMap<>();
    private boolean closed;

    BuildQueue(Function<BuildJob, RunningBuild> runner) {
        this.runner = runner;
    }

    synchronized boolean isFull() {
        return closed || waiting.size() >= MOST_WAITING;
    }

    void add(BuildJob job) {
        synchronized (this) {
            waiting.add(job);
        }
        startNext();
    }

    /** Takes a build out that waits; says whether it did. */
    synchronized boolean withdraw(String id) {
        return waiting.removeIf(job -> job.id().equals(id));
    }

    /** Asks a build that runs to end; the future succeeds when it has. Empty when it does not run. */
    synchronized Optional<Future<Void>> cancel(String id) {
        return running.values().stream()
                .filter(build -> build.job().id().equals(id))
                .findFirst()
                .map(RunningBuild::cancel);
    }

    /** Ends all processes now, and lets nothing begin. Blocks for a moment. */
    void close() {
        List<RunningBuild> all;
        synchronized (this) {
            closed = true;
            waiting.clear();
            all = List.copyOf(running.values());
        }
        all.forEach(RunningBuild::kill);
    }

    private void startNext() {
        next().ifPresent(build -> {
            build.run().onComplete(done -> ended(build));
            startNext();
        });
    }

    private synchronized Optional<RunningBuild> next() {
        if (closed || running.size() >= AT_ONCE) {
            return Optional.empty();
        }
        var next = waiting.stream()
                .filter(job -> !running.containsKey(job.worker()))
                .findFirst();
        next.ifPresent(waiting::remove);
        var build = next.map(runner);
        build.ifPresent(started -> running.put(started.job().worker(), started));
        return build;
    }

    private void ended(RunningBuild build) {
        synchronized (this) {
            running.remove(build.job().worker());
        }
        startNext();
    }
}

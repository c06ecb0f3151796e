package symbolai.mcp.plugins.local.builds;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.plugins.local.observability.Event;
import symbolai.mcp.plugins.local.observability.Events;

/** Follows one build from its first line to its end. Its output is looked at a few times a second, so it holds no thread. */
final class RunningBuild {

    private static final Duration GLANCE = Duration.ofMillis(150);
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final FamilyContext context;
    private final BuildStore store;
    private final Events events;
    private final BuildJob job;
    private final Deadline deadline;
    private final OutputLines output = new OutputLines();
    private final Promise<Void> done = Promise.promise();
    private final long began = System.nanoTime();
    private Optional<BuildProcess> process = Optional.empty();
    private Optional<Deadline> mercy = Optional.empty();
    private volatile boolean cancelled;
    private boolean killed;

    RunningBuild(FamilyContext context, BuildStore store, Events events, BuildJob job, Duration longest) {
        this.context = context;
        this.store = store;
        this.events = events;
        this.job = job;
        this.deadline = Deadline.after(longest);
    }

    BuildJob job() {
        return job;
    }

    /** Runs the build; the future succeeds when it has ended, whatever way. */
    Future<Void> run() {
        say("info", "build begins: " + job.id());
        context.blocking(this::start)
                .compose(started -> store.started(job.id(), started.pid(), started.startedMillis()))
                .compose(wanted -> wanted ? Future.succeededFuture() : Future.failedFuture("it was cancelled"))
                .onSuccess(noted -> glance())
                .onFailure(failure -> end("fail", "The build cannot be started: " + failure.getMessage()));
        return done.future();
    }

    /** Asks the build to end; the future succeeds when it has. */
    Future<Void> cancel() {
        cancelled = true;
        return done.future();
    }

    /** Ends every process of the build now. Blocks for a moment. */
    synchronized void kill() {
        killed = true;
        process.ifPresent(BuildProcess::kill);
    }

    private synchronized BuildProcess start() throws IOException {
        if (killed) {
            throw new IOException("the server stops");
        }
        var started = BuildProcess.start(job);
        process = Optional.of(started);
        return started;
    }

    private void glance() {
        context.blocking(this::look)
                .compose(exit -> store.append(job.id(), output.take()).map(exit))
                .onSuccess(this::goOn)
                .onFailure(failure -> end("terminated", "The build cannot be followed: " + failure.getMessage()));
    }

    /** Reads what there is, and ends the build when it is time. */
    private synchronized Optional<Integer> look() throws IOException {
        var running = process.orElseThrow();
        var exit = running.exit();
        running.read(output);
        if (exit.isPresent()) {
            running.kill();
            output.end();
        } else if (mercy.isPresent() && mercy.get().hasPassed()) {
            running.kill();
        } else if (mercy.isEmpty() && (cancelled || deadline.hasPassed())) {
            mercy = Optional.of(Deadline.after(GRACE));
            running.terminate();
        }
        return exit;
    }

    private void goOn(Optional<Integer> exit) {
        if (exit.isEmpty()) {
            context.timers().once(GLANCE, this::glance);
        } else if (cancelled) {
            end("cancelled", "The build was cancelled.");
        } else if (mercy.isPresent()) {
            end("terminated", "The build took too long and was ended.");
        } else {
            end(exit.get() == 0 ? "success" : "fail", "The build ended with exit code " + exit.get() + ".");
        }
    }

    private void end(String outcome, String message) {
        List<String> last = new ArrayList<>(output.take());
        last.add(message);
        var millis = (System.nanoTime() - began) / 1_000_000.0;
        store.append(job.id(), last)
                .eventually(() -> context.blocking(this::nothingRuns))
                .eventually(() -> store.stopped(job.id(), outcome))
                .onFailure(this::tell)
                .onComplete(ended -> done.complete());
        var event = Event.said(
                Instant.now(),
                job.worker(),
                outcome.equals("success") ? "info" : "error",
                "build " + outcome + ": " + job.id(),
                "build");
        events.append(List.of(event.ended(outcome, millis))).onFailure(this::tell);
    }

    private boolean nothingRuns() {
        kill();
        return true;
    }

    private void say(String level, String message) {
        events.append(List.of(Event.said(Instant.now(), job.worker(), level, message, "build")))
                .onFailure(this::tell);
    }

    private void tell(Throwable failure) {
        context.logger()
                .atWarn()
                .setCause(failure)
                .addKeyValue("build", job.id())
                .log("a build could not be recorded");
    }
}

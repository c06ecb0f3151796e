package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.Working;

/** Calls a tool again and again until it is done, for a client that waits because it cannot follow a task. Stays on one loop. */
final class PatientCall {
    private static final long SHORTEST_PAUSE = 10;

    private final ToolSteps steps;
    private final ToolRun run;
    private final RisingProgress progress;
    private final Loop loop;
    private final Deadline patience;
    private final Promise<ToolOutcome> ended = Promise.promise();
    private JsonObject state = new JsonObject();
    private CallScope scope;
    private boolean pausing;
    private long timer;

    PatientCall(ToolSteps steps, ToolRun run, RisingProgress progress, Loop loop) {
        this.steps = steps;
        this.run = run;
        this.progress = progress;
        this.loop = loop;
        this.patience = Deadline.after(run.requester().patience());
        this.scope = new CallScope(loop, steps.time());
    }

    /** Goes on after the first word; what the tool answers that is not {@link Working}. */
    Future<ToolOutcome> goOn(Working first) {
        took(first);
        run.requester().cancellation().onCancel(() -> loop.run(this::cancelled));
        return ended.future();
    }

    private void took(ToolOutcome outcome) {
        if (outcome instanceof Working working) {
            state = working.state();
            pause(working);
        } else if (!ended.tryComplete(outcome)) {
            HeldStream.close(outcome);
        }
    }

    private void pause(Working working) {
        if (run.requester().cancellation().isCancelled()) {
            stop(CallScope.cancelled());
            return;
        }
        if (patience.hasPassed()) {
            stop(new ToolException(
                    Reason.TIMED_OUT,
                    run.tool() + " was not done after "
                            + run.requester().patience().toSeconds() + " seconds and was stopped"));
            return;
        }
        pausing = true;
        progress.pause(working.again(), working.message());
        timer = loop.vertx().setTimer(Math.max(SHORTEST_PAUSE, working.again().toMillis()), id -> step());
    }

    private void step() {
        pausing = false;
        scope = new CallScope(loop, steps.time());
        steps.step(run, Map.of(), state, progress, scope).onSuccess(this::took).onFailure(ended::tryFail);
    }

    private void cancelled() {
        if (pausing) {
            pausing = false;
            loop.vertx().cancelTimer(timer);
            stop(CallScope.cancelled());
        } else {
            scope.abandon();
        }
    }

    private void stop(ToolException why) {
        steps.stop(run, state, loop).onComplete(stopped -> ended.tryFail(why));
    }
}

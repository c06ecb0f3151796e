package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.ToolOutcome;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.api.Working;
import symbolai.mcp.server.policy.Limits;

/** One task that has not come to its end: enters its tool from time to time, and stores what comes of it. Stays on one loop. */
final class RunningTask {
    private static final Logger LOG = LoggerFactory.getLogger(RunningTask.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration NO_SLOT = Duration.ofMillis(100);
    private static final Duration SHORTEST = Duration.ofMillis(10);

    private final TaskRoom room;
    private final Loop loop;
    private final RisingProgress progress;
    private StoredTask current;
    private CallScope scope;
    private boolean inside;
    private boolean suspended;
    private long timer;
    /** The task as the store has it, for any thread. */
    private volatile Task seen;

    RunningTask(TaskRoom room, Loop loop, StoredTask stored) {
        this.room = room;
        this.loop = loop;
        this.progress = new RisingProgress(loop, stored.run().requester().progress());
        this.current = stored;
        this.scope = new CallScope(loop, room.steps().time());
        this.seen = stored.task();
    }

    Task seen() {
        return seen;
    }

    /** Goes on after a pause; a task that waits for answers waits. */
    void begin(Duration pause) {
        loop.run(() -> {
            if (current.task().status() == Task.Status.WORKING) {
                schedule(pause);
            }
        });
    }

    private void schedule(Duration pause) {
        if (!suspended) {
            long millis = Math.max(SHORTEST.toMillis(), pause.toMillis());
            timer = loop.vertx().setTimer(millis, id -> step());
        }
    }

    private void step() {
        if (suspended || current.task().status() != Task.Status.WORKING) {
            return;
        }
        var permit = room.enter(current.run().requester().caller());
        if (permit.isEmpty()) {
            schedule(NO_SLOT);
            return;
        }
        inside = true;
        scope = new CallScope(loop, room.steps().time());
        room.steps()
                .step(current.run(), current.answers(), current.state(), progress, scope)
                .onComplete(ended -> left(permit.get()))
                .onSuccess(this::took)
                .onFailure(this::failed);
    }

    private void left(Limits.Permit permit) {
        inside = false;
        permit.close();
    }

    private void took(ToolOutcome outcome) {
        if (suspended) {
            return;
        }
        if (current.task().status().isFinal()) {
            stopAfterCancel(outcome);
        } else if (outcome instanceof ToolResult result) {
            end(current.completed(result, now()), new CallOutcome.Done(result));
        } else if (outcome instanceof InputRequired questions
                && !questions.requests().isEmpty()) {
            become(current.asking(questions, now()));
        } else {
            goOn(outcome instanceof Working working ? working : again((InputRequired) outcome));
        }
    }

    /** No questions: the tool just wants to be called again. */
    private static Working again(InputRequired nothing) {
        return new Working(nothing.state(), RETRY, "");
    }

    private void goOn(Working working) {
        become(current.working(working, now()));
        schedule(working.again());
    }

    /** The task was cancelled while the tool was inside; what it says last tells it what to stop. */
    private void stopAfterCancel(ToolOutcome outcome) {
        if (outcome instanceof Working working) {
            stopTool(working.state());
        }
    }

    private void failed(Throwable failure) {
        if (suspended || current.task().status().isFinal()) {
            return;
        }
        var readable = Recorder.readable(current.run().record(), failure);
        end(current.ended(readable, now()), readable);
    }

    /** Takes answers; the future succeeds when they are stored. */
    Future<Void> answer(Map<String, JsonObject> answers) {
        return loop.call(() -> answered(answers));
    }

    private Future<Void> answered(Map<String, JsonObject> answers) {
        if (current.task().status() != Task.Status.INPUT_REQUIRED
                || answers.keySet().stream().noneMatch(current.task().questions()::containsKey)) {
            return Future.succeededFuture();
        }
        var stored = become(current.answered(answers, now()));
        if (current.task().status() == Task.Status.WORKING) {
            schedule(SHORTEST);
        }
        return stored;
    }

    /** Cancels; the future succeeds when that is stored. */
    Future<Void> cancel() {
        return loop.call(this::cancelled);
    }

    private Future<Void> cancelled() {
        if (current.task().status().isFinal()) {
            return Future.succeededFuture();
        }
        var state = current.state();
        var stored = end(current.cancelled(now()), CallScope.cancelled());
        leaveTool(state);
        return stored;
    }

    /** The task's time is over; when the future succeeds, that is recorded, and the store may forget it. */
    Future<Void> expire() {
        return loop.call(this::expired);
    }

    private Future<Void> expired() {
        if (!suspended) {
            suspended = true;
            leaveTool(current.state());
        }
        var recorded = current.task().status().isFinal()
                ? Future.<Void>succeededFuture()
                : room.recorder().ended(current.run().record(), CallScope.timeOver());
        return recorded.onSuccess(done -> room.ended().accept(current.task().id()));
    }

    private void leaveTool(JsonObject state) {
        loop.vertx().cancelTimer(timer);
        if (inside) {
            scope.abandon();
        } else {
            stopTool(state);
        }
    }

    private void stopTool(JsonObject state) {
        room.steps().stop(current.run(), state, loop);
    }

    /** Does nothing more in this process; the store has what is needed to go on. */
    void suspend() {
        loop.run(() -> {
            suspended = true;
            loop.vertx().cancelTimer(timer);
        });
    }

    private Future<Void> become(StoredTask next) {
        current = next;
        return save(next);
    }

    private Future<Void> end(StoredTask next, Object outcome) {
        current = next;
        return conclude(next, outcome);
    }

    /** The outcome is in the audit log before anybody can see it. */
    private Future<Void> conclude(StoredTask next, Object outcome) {
        return room.recorder()
                .ended(next.run().record(), outcome)
                .onFailure(failure -> later(failure, () -> conclude(next, outcome)))
                .compose(recorded -> save(next));
    }

    private Future<Void> save(StoredTask next) {
        return loop.<Void>land(room.store().put(TaskCodec.row(next)))
                .onSuccess(stored -> saw(next.task()))
                .onFailure(failure -> later(failure, () -> saveAgain(next)));
    }

    private void saveAgain(StoredTask next) {
        if (current.equals(next)) {
            save(next);
        }
    }

    private void saw(Task task) {
        seen = task;
        room.changed().accept(task);
        if (task.status().isFinal()) {
            room.ended().accept(task.id());
        }
    }

    private void later(Throwable failure, Runnable again) {
        if (!suspended) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("task", current.task().id())
                    .log("task not stored, trying again");
            loop.vertx().setTimer(RETRY.toMillis(), id -> again.run());
        }
    }

    private Instant now() {
        return room.clock().instant();
    }
}

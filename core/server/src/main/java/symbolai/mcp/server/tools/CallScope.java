package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.Deadline;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** The time of one entry into a plugin: ends with its answer, with the deadline, or when the answer is no longer wanted. */
final class CallScope implements Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(CallScope.class);
    /** How long a handler may take to answer by itself after it was told to stop; it knows best what it left behind. */
    private static final long GRACE_MILLIS = 500;

    private final Loop loop;
    private final Duration time;
    private final Deadline deadline;
    private final List<Runnable> actions = new ArrayList<>();
    private Consumer<ToolException> giveUp = failure -> {};
    private boolean cancelled;
    private boolean ended;

    CallScope(Loop loop, Duration time) {
        this.loop = loop;
        this.time = time;
        this.deadline = Deadline.after(time);
    }

    Loop loop() {
        return loop;
    }

    Deadline deadline() {
        return deadline;
    }

    @Override
    public synchronized boolean isCancelled() {
        return cancelled || deadline.hasPassed();
    }

    @Override
    public void onCancel(Runnable action) {
        if (!added(action)) {
            loop.run(() -> tell(action));
        }
    }

    /** Keeps the action for later; false when it is to run now. */
    private synchronized boolean added(Runnable action) {
        if (!cancelled && !ended) {
            actions.add(action);
        }
        return !cancelled || ended;
    }

    /** Tells the handler that its answer is not wanted any more. */
    void cancel() {
        drain().forEach(action -> loop.run(() -> tell(action)));
    }

    private synchronized List<Runnable> drain() {
        var waiting = ended ? List.<Runnable>of() : List.copyOf(actions);
        cancelled = true;
        actions.clear();
        return waiting;
    }

    private synchronized void end() {
        ended = true;
        actions.clear();
    }

    synchronized boolean hasEnded() {
        return ended;
    }

    private static void tell(Runnable action) {
        try {
            action.run();
        } catch (Exception | LinkageError | StackOverflowError failure) {
            LOG.atWarn().setCause(failure).log("cancellation failed in a plugin");
        }
    }

    /**
     * What runs, or a failure when it takes too long or was abandoned. To be called on the loop.
     *
     * @param late is given what comes after that failure
     */
    <T> Future<T> limit(String what, Future<T> running, Consumer<T> late) {
        if (running.isComplete()) {
            end();
            return running;
        }
        var answer = Promise.<T>promise();
        giveUp = answer::tryFail;
        running.onSuccess(value -> offer(answer, value, late)).onFailure(answer::tryFail);
        long millis = Math.max(1, deadline.remaining().toMillis());
        long timer = loop.vertx().setTimer(millis, id -> stop(late(what)));
        return answer.future()
                .onComplete(answered -> loop.vertx().cancelTimer(timer))
                .onComplete(answered -> end());
    }

    private static <T> void offer(Promise<T> answer, T value, Consumer<T> late) {
        if (!answer.tryComplete(value)) {
            late.accept(value);
        }
    }

    /** Nobody wants the answer any more: the handler is told, and soon not waited for. */
    void abandon() {
        loop.run(() -> stop(cancelled()));
    }

    /** The call may not go on: the handler is told to stop, and soon not waited for. */
    void refuse(ToolException why) {
        loop.run(() -> stop(why));
    }

    private void stop(ToolException failure) {
        if (!hasEnded()) {
            cancel();
            loop.vertx().setTimer(GRACE_MILLIS, id -> giveUp.accept(failure));
        }
    }

    private ToolException late(String what) {
        return new ToolException(
                Reason.TIMED_OUT,
                what + " took longer than " + shown(time) + " and was stopped; it may have done part of its work");
    }

    static ToolException cancelled() {
        return new ToolException(Reason.CANCELLED, "the call was cancelled; it may have done part of its work");
    }

    static ToolException timeOver() {
        return new ToolException(Reason.TIMED_OUT, "the task did not come to an end in its time");
    }

    private static String shown(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}

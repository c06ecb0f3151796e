package symbolai.mcp.server.tools;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import symbolai.mcp.api.Preview;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.approvals.Approval;

/** Finds out what a call would do, for the person who approves it; that it cannot be found out is told in place of it. */
final class Previewer {

    private static final Duration TIME = Duration.ofSeconds(5);

    private final ToolSteps steps;

    Previewer(ToolSteps steps) {
        this.steps = steps;
    }

    /** The arguments, with what the tool says of them. */
    Future<Approval.Details> details(Attempt attempt, Loop loop) {
        if (attempt.tool().preview().isEmpty()) {
            return Future.succeededFuture(new Approval.Details(attempt.arguments(), Optional.empty(), ""));
        }
        return preview(attempt, loop)
                .map(preview -> new Approval.Details(attempt.arguments(), Optional.of(preview), ""))
                .otherwise(failure -> new Approval.Details(
                        attempt.arguments(), Optional.empty(), problem(attempt.record(), failure)));
    }

    /** Fails when the call would be done to something else than was approved. */
    Future<Void> check(Attempt attempt, Approval approval, Loop loop) {
        if (approval.subject().isEmpty()) {
            return Future.succeededFuture();
        }
        return preview(attempt, loop)
                .recover(
                        failure -> failed(
                                Reason.UNAVAILABLE,
                                "it cannot be checked now that "
                                        + attempt.tool().name()
                                        + " does what was approved, so nothing was done; the approval is good still, call again"))
                .compose(preview -> preview.subject().equals(approval.subject())
                        ? Future.succeededFuture()
                        : failed(
                                Reason.CONFLICT,
                                "the approval " + approval.id() + " was given for " + approval.target()
                                        + ", and the name stands for something else now; nothing was done"));
    }

    private Future<Preview> preview(Attempt attempt, Loop loop) {
        return steps.preview(attempt, new CallScope(loop, TIME));
    }

    private static String problem(CallRecord record, Throwable failure) {
        var readable = Recorder.readable(record, failure);
        return readable instanceof ToolException told ? String.valueOf(told.getMessage()) : "the preview failed";
    }

    private static <T> Future<T> failed(Reason reason, String message) {
        return Future.failedFuture(new ToolException(reason, message));
    }
}

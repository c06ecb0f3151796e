package symbolai.mcp.server.tools;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.InputRequired;
import symbolai.mcp.api.Streamed;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.ToolResult;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.policy.Limits;

/** Sees to it that nothing is done before its intent is written, and nothing is answered before its outcome is. */
final class Recorder {
    private static final Logger LOG = LoggerFactory.getLogger(Recorder.class);

    private final AuditLog audit;
    private final Slots slots;

    Recorder(AuditLog audit, Slots slots) {
        this.audit = audit;
        this.slots = slots;
    }

    /** Does the work between the two records, when there is room for it. An unexpected failure is hidden. */
    <T> Future<T> recorded(CallRecord call, Supplier<Future<T>> work) {
        return recorded(call, Limits.Permit.UNLIMITED, work);
    }

    /** The same for a call that counts while it goes on. */
    <T> Future<T> recorded(CallRecord call, Limits.Permit permit, Supplier<Future<T>> work) {
        if (!slots.take()) {
            permit.close();
            return refused(call, busy());
        }
        return audit.append(call.intent())
                .recover(failure -> unwritten(call, failure, "nothing was done"))
                .compose(written -> worked(call, work))
                .onComplete(ended -> leave(ended, permit));
    }

    /** A download keeps its slot to its end. */
    private <T> void leave(AsyncResult<T> ended, Limits.Permit permit) {
        HeldStream.ended(stream(ended.result()))
                .onComplete(streamed -> permit.close())
                .onComplete(streamed -> slots.release());
    }

    private static Object stream(@Nullable Object outcome) {
        return outcome instanceof CallOutcome.Download download ? download.streamed() : "";
    }

    /** Records that the call is not let through, then fails with the reason. */
    <T> Future<T> refused(CallRecord call, RuntimeException why) {
        return audit.append(call.refused(text(why)))
                .recover(failure -> unwritten(call, failure, "nothing was done"))
                .compose(written -> Future.failedFuture(why));
    }

    /** Records that the call waits for what is asked for, then asks. */
    <T> Future<T> waiting(CallRecord call, T questions) {
        return audit.append(call.waiting())
                .recover(failure -> unwritten(call, failure, "nothing was done"))
                .map(questions);
    }

    /** Records how a call ended. */
    Future<Void> ended(CallRecord call, Object outcome) {
        var record = call.outcome(text(outcome), rows(outcome), ResultSize.of(outcome));
        LOG.atDebug()
                .addKeyValue("callId", call.id())
                .addKeyValue("tool", Shown.plain(call.target().name()))
                .addKeyValue("caller", call.requester().caller().id())
                .addKeyValue("outcome", text(outcome))
                .log("call ended");
        return audit.append(record);
    }

    /** What the caller may know of a failure; the rest is in the log under the call's id. */
    static Throwable readable(CallRecord call, Throwable failure) {
        if (failure instanceof ToolException
                || failure instanceof NotFound
                || failure instanceof CapabilityMissing
                || failure instanceof ScopeMissing
                || failure instanceof InternalFailure) {
            return failure;
        }
        LOG.atError()
                .setCause(failure)
                .addKeyValue("callId", call.id())
                .addKeyValue("tool", Shown.plain(call.target().name()))
                .addKeyValue("caller", call.requester().caller().id())
                .log("call failed unexpectedly");
        return new InternalFailure(call.id(), failure);
    }

    private <T> Future<T> worked(CallRecord call, Supplier<Future<T>> work) {
        return Future.succeededFuture()
                .compose(ready -> work.get())
                .recover(failure -> Future.failedFuture(readable(call, failure)))
                .onSuccess(value -> follow(call, stream(value)))
                .transform((value, failure) -> ended(call, failure == null ? value : failure)
                        .onFailure(unwritten -> HeldStream.close(stream(value)))
                        .recover(unwritten -> unwritten(call, unwritten, "it may have been done"))
                        .compose(written ->
                                failure == null ? Future.succeededFuture(value) : Future.failedFuture(failure)));
    }

    /** Records how much of a download the caller got. */
    private void follow(CallRecord call, Object stream) {
        if (stream instanceof Streamed streamed && streamed.body() instanceof HeldStream held) {
            held.end()
                    .transform(ended -> audit.append(call.streamed(held.bytes(), ended.succeeded())))
                    .onFailure(failure -> LOG.atDebug()
                            .setCause(failure)
                            .addKeyValue("callId", call.id())
                            .log("audit record not written"));
        }
    }

    private ToolException busy() {
        return new ToolException(
                Reason.UNAVAILABLE,
                "the server is busy with " + slots.most() + " calls; nothing was done, try again in a moment");
    }

    private static <T> Future<T> unwritten(CallRecord call, Throwable failure, String consequence) {
        LOG.atDebug().setCause(failure).addKeyValue("callId", call.id()).log("audit record not written");
        return Future.failedFuture(new ToolException(
                Reason.UNAVAILABLE, "the server's audit log cannot be written, so calls are refused; " + consequence));
    }

    private static String text(Object outcome) {
        if (outcome instanceof CallOutcome.Done done) {
            return done.result().isError() ? "error" : "done";
        }
        if (outcome instanceof CallOutcome.Asks || outcome instanceof InputRequired) {
            return "asks";
        }
        if (outcome instanceof CallOutcome.AsTask) {
            return "task";
        }
        if (outcome instanceof CallOutcome.Download) {
            return "download";
        }
        if (outcome instanceof ToolException failure) {
            return failure.reason().name().toLowerCase(Locale.ROOT);
        }
        if (outcome instanceof NotFound) {
            return "not_found";
        }
        if (outcome instanceof CapabilityMissing) {
            return "capability_missing";
        }
        if (outcome instanceof ScopeMissing) {
            return "scope_missing";
        }
        return outcome instanceof Throwable ? "internal" : "done";
    }

    private static OptionalLong rows(Object outcome) {
        return outcome instanceof CallOutcome.Done done ? rows(done.result()) : OptionalLong.empty();
    }

    private static OptionalLong rows(ToolResult result) {
        var structured = result.structured().orElse("");
        return structured instanceof JsonObject object && object.getValue("rowCount") instanceof Number count
                ? OptionalLong.of(count.longValue())
                : OptionalLong.empty();
    }
}

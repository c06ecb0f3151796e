package symbolai.mcp.server.http.control;

import io.vertx.core.Handler;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.server.audit.AuditUnavailable;
import symbolai.mcp.server.tools.CapabilityMissing;
import symbolai.mcp.server.tools.InternalFailure;
import symbolai.mcp.server.tools.NotFound;

/** Turns failures into {@code {error, code}}; a bug is told as an id, and what happened goes to the log. */
final class ControlFailures implements Handler<RoutingContext> {

    private static final Logger LOG = LoggerFactory.getLogger(ControlFailures.class);

    @Override
    public void handle(RoutingContext context) {
        var failure = context.failure();
        if (failure instanceof ToolException known) {
            answer(context, status(known.reason()), known.reason().name(), String.valueOf(known.getMessage()));
        } else if (failure instanceof AuditUnavailable) {
            answer(context, 503, "UNAVAILABLE", "The audit log cannot be written, so nothing was done.");
        } else if (failure instanceof NotFound missing) {
            answer(context, 404, "NOT_FOUND", "There is no " + missing.kind().text() + " '" + missing.name() + "'.");
        } else if (failure instanceof CapabilityMissing missing) {
            answer(
                    context,
                    409,
                    "CAPABILITY_MISSING",
                    "The tool asks for what the command line cannot do here: " + missing.missing()
                            + "; questions are asked on a terminal only.");
        } else if (failure instanceof InternalFailure internal) {
            answer(context, 500, "INTERNAL", "Internal failure " + internal.id() + "; the server's log says more.");
        } else if (failure == null) {
            answer(
                    context,
                    context.statusCode(),
                    "NO_ROUTE",
                    "The server does not know this request; is it an older version?");
        } else {
            bug(context, failure);
        }
    }

    private static void bug(RoutingContext context, Throwable failure) {
        var id = UUID.randomUUID().toString();
        LOG.atError().addKeyValue("id", id).setCause(failure).log("control request failed");
        answer(context, 500, "INTERNAL", "Internal failure " + id + "; the server's log says more.");
    }

    private static int status(ToolException.Reason reason) {
        return switch (reason) {
            case INVALID, ANSWER_TOO_LARGE -> 400;
            case REFUSED -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT, NOT_CONNECTED -> 409;
            case RATE_LIMITED -> 429;
            default -> 503;
        };
    }

    private static void answer(RoutingContext context, int status, String code, String error) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(new JsonObject()
                        .put("error", error)
                        .put("code", code.toLowerCase(Locale.ROOT))
                        .toBuffer());
    }
}

package symbolai.mcp.server.rest;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.audit.AuditUnavailable;
import symbolai.mcp.server.connections.StateRefused;
import symbolai.mcp.server.identity.SignInRefused;
import symbolai.mcp.server.jsonrpc.JsonRpcException;
import symbolai.mcp.server.tools.CapabilityMissing;
import symbolai.mcp.server.tools.InternalFailure;
import symbolai.mcp.server.tools.NotFound;
import symbolai.mcp.server.tools.ScopeMissing;

/** Makes of every failure the answer that says it: the one place where this is decided. */
final class RestFailures {

    private static final Logger LOG = LoggerFactory.getLogger(RestFailures.class);
    private static final Duration UNKNOWN_PAUSE = Duration.ofSeconds(10);

    private final boolean development;
    private final Clock clock;

    RestFailures(boolean development, Clock clock) {
        this.development = development;
        this.clock = clock;
    }

    RestAnswer answer(Throwable failure) {
        if (failure instanceof RestProblem problem) {
            return answer(problem.code(), text(problem), problem.headers(), problem);
        }
        if (failure instanceof ToolException tool) {
            return answer(RestCode.of(tool.reason()), text(tool), retry(tool), tool);
        }
        if (failure instanceof NotFound missing) {
            return answer(RestCode.NOT_FOUND, text(missing), Map.of(), missing);
        }
        if (failure instanceof CapabilityMissing missing) {
            return answer(
                    RestCode.UNSUPPORTED,
                    "this tool needs what REST has not: " + missing.missing() + "; call it over MCP",
                    Map.of(),
                    missing);
        }
        if (failure instanceof ScopeMissing missing) {
            return answer(RestCode.REFUSED, text(missing), challenge(missing), missing);
        }
        if (failure instanceof StateRefused state) {
            return answer(code(state.why()), text(state), Map.of(), state);
        }
        if (failure instanceof SignInRefused refused) {
            return answer(
                    refused.retryAt().isPresent() ? RestCode.RATE_LIMITED : RestCode.UNAUTHENTICATED,
                    text(refused),
                    retry(refused.retryAt()),
                    refused);
        }
        if (failure instanceof JsonRpcException json) {
            return answer(RestCode.INVALID, "the body: " + json.text(), Map.of(), json);
        }
        if (failure instanceof AuditUnavailable) {
            return answer(
                    RestCode.UNAVAILABLE,
                    "the server's audit log cannot be written, so nothing is answered; an operator must look at its disk",
                    Map.of(),
                    failure);
        }
        return internal(failure);
    }

    private static Map<String, String> challenge(ScopeMissing missing) {
        var scopes = String.join(" ", new TreeSet<>(missing.scopes()));
        return Map.of("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" + scopes + "\"");
    }

    /** A tool that answered with an error of its own. */
    RestAnswer failed(String text) {
        return RestAnswer.json(RestCode.FAILED.status(), Map.of(), RestAnswer.error(RestCode.FAILED, text));
    }

    private static RestCode code(StateRefused.Why why) {
        return switch (why) {
            case USED -> RestCode.STATE_USED;
            case EXPIRED -> RestCode.STATE_EXPIRED;
            case INVALID -> RestCode.INVALID;
        };
    }

    private RestAnswer internal(Throwable failure) {
        var id = failure instanceof InternalFailure known ? known.id() : logged(failure);
        return answer(
                RestCode.INTERNAL,
                "the server failed; its log has the details under " + id,
                Map.of(),
                Optional.ofNullable(failure.getCause()).orElse(failure));
    }

    private static String logged(Throwable failure) {
        var id = UUID.randomUUID().toString();
        LOG.atError().addKeyValue("failureId", id).setCause(failure).log("request failed");
        return id;
    }

    private RestAnswer answer(RestCode code, String text, Map<String, String> headers, Throwable failure) {
        var body = RestAnswer.error(code, text);
        if (development) {
            body.put("details", String.valueOf(failure));
        }
        return RestAnswer.json(code.status(), headers, body);
    }

    private Map<String, String> retry(ToolException failure) {
        return failure.reason() == Reason.RATE_LIMITED
                ? retry(failure.retryAt().or(() -> Optional.of(clock.instant().plus(UNKNOWN_PAUSE))))
                : retry(failure.retryAt());
    }

    private Map<String, String> retry(Optional<Instant> moment) {
        return moment.map(this::until)
                .map(pause -> Math.max(1, pause.plusMillis(999).toSeconds()))
                .map(seconds -> Map.of("Retry-After", String.valueOf(seconds)))
                .orElseGet(Map::of);
    }

    private Duration until(Instant moment) {
        return Duration.between(clock.instant(), moment);
    }

    private static String text(Throwable failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("it failed");
    }
}

package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credentials;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.api.Verified;

/** Asks a connector whether its system accepts credentials; fails only with what a user may read. */
final class Verification {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Upstreams upstreams;

    Verification(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** The connector must have been entered. */
    Future<Verified> of(Connectors.Loaded loaded, Credentials credentials, Caller caller) {
        var connector = loaded.connector();
        var redaction = Redaction.of(connector, credentials);
        return Foreign.guarded(() ->
                        connector.verify(credentials, upstreams.of(upstreams.fingerprint(connector, credentials))))
                .compose(Foreign::present)
                .timeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                .recover(failure -> Future.failedFuture(HiddenFailures.readable(
                        "verifying a connection", caller.id(), redaction, late(connector.id(), failure))));
    }

    private static Throwable late(String connector, Throwable failure) {
        return failure instanceof TimeoutException
                ? new ToolException(
                        Reason.TIMED_OUT,
                        "the connector " + connector + " could not verify the credentials within " + LONGEST.toSeconds()
                                + " s; try again later")
                : failure;
    }
}

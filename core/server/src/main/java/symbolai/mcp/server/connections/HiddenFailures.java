package symbolai.mcp.server.connections;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;

/** Lets failures through that a model may read; of any other the log keeps what happened, under an id, without the credentials. */
final class HiddenFailures {

    private static final Logger LOG = LoggerFactory.getLogger(HiddenFailures.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private HiddenFailures() {}

    static ToolException readable(String what, String caller, Redaction redaction, Throwable failure) {
        if (failure instanceof ToolException known) {
            return redaction.clean(known);
        }
        var id = HexFormat.of().toHexDigits(RANDOM.nextLong());
        LOG.atError()
                .setCause(redaction.clean(failure))
                .addKeyValue("id", id)
                .addKeyValue("operation", what)
                .addKeyValue("caller", caller)
                .log("operation failed unexpectedly");
        return new ToolException(
                Reason.UNAVAILABLE, what + " failed unexpectedly; the server's log has it under " + id);
    }
}

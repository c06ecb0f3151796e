package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.CallLog;

/** Sends the log messages of one request to a client that wants them. */
final class RequestLog implements CallLog {

    private final String subject;
    private final Optional<Level> least;
    private final Exchange exchange;

    RequestLog(String subject, Optional<Level> least, Exchange exchange) {
        this.subject = subject;
        this.least = least;
        this.exchange = exchange;
    }

    @Override
    public void log(Level level, String message) {
        if (least.isEmpty() || level.compareTo(least.get()) < 0) {
            return;
        }
        exchange.notify(
                "notifications/message",
                new JsonObject()
                        .put("level", level.name().toLowerCase(Locale.ROOT))
                        .put("logger", subject)
                        .put("data", message));
    }
}

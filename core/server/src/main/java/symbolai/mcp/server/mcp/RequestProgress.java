package symbolai.mcp.server.mcp;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.OptionalDouble;
import symbolai.mcp.api.Progress;

/** Sends the progress of one request to a client that gave a token for it. */
final class RequestProgress implements Progress {

    private final JsonObject meta;
    private final Exchange exchange;
    private final Projection projection;
    private double last = Double.NEGATIVE_INFINITY;

    RequestProgress(JsonObject meta, Exchange exchange, Projection projection) {
        this.meta = meta;
        this.exchange = exchange;
        this.projection = projection;
    }

    @Override
    public void report(double done, OptionalDouble total, String message) {
        var token = meta.getValue("progressToken");
        if (!(token instanceof String || token instanceof Number) || !goesUp(done)) {
            return;
        }
        var params = new JsonObject().put("progressToken", token).put("progress", number(done));
        total.ifPresent(value -> params.put("total", number(value)));
        if (!message.isEmpty()) {
            params.put("message", message);
        }
        exchange.notify("notifications/progress", projection.progress(params));
    }

    @Override
    public void pause(Duration pause) {
        exchange.pause(pause);
    }

    private synchronized boolean goesUp(double done) {
        boolean up = Double.isFinite(done) && done > last;
        last = up ? done : last;
        return up;
    }

    private static Number number(double value) {
        long whole = (long) value;
        if (whole == value) {
            return whole;
        }
        return value;
    }
}

package symbolai.mcp.plugins.cloudflare.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import symbolai.mcp.api.Operation;
import symbolai.mcp.api.Reply;

/** Some operations of one family. */
interface Api {

    /** Carries out one operation. */
    @FunctionalInterface
    interface Handler {

        /** The result, as the operation's schema says. */
        Future<JsonObject> handle(Operation operation);
    }

    /** Carries out one operation that may give bytes. */
    @FunctionalInterface
    interface Download {

        /** The result, as the operation's schema says, and the bytes. */
        Future<Reply> handle(Operation operation);
    }

    /** The operations that may be sent as reads. */
    default Map<String, Handler> reads() {
        return Map.of();
    }

    /** The reads that may give bytes. */
    default Map<String, Download> downloads() {
        return Map.of();
    }

    /** The operations that may be sent as writes. */
    default Map<String, Handler> writes() {
        return Map.of();
    }
}

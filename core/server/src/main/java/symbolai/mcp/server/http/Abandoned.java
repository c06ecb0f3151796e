package symbolai.mcp.server.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;

/** Gives up an exchange whose answer cannot be completed: in HTTP/2 alone, before that with its connection. */
final class Abandoned {

    private static final long CANCEL = 8;

    private Abandoned() {}

    static void end(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            request.response().reset(CANCEL);
        } else if (request.connection() instanceof ConnectionBase connection) {
            // HttpConnection.close() waits until all that was written is sent, and keeps it until then: for ever, when
            // nobody reads.
            var unused = connection.channelHandlerContext().close();
        } else {
            request.connection().close();
        }
    }
}

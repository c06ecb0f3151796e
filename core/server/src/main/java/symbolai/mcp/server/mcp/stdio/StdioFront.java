package symbolai.mcp.server.mcp.stdio;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.mcp.ModernFront;
import symbolai.mcp.server.mcp.legacy.LegacyFront;

/** The door for clients that speak MCP over lines of JSON, in any era. */
public final class StdioFront {

    private final Vertx vertx;
    private final ModernFront modern;
    private final LegacyFront legacy;

    public StdioFront(Vertx vertx, ModernFront modern, LegacyFront legacy) {
        this.vertx = vertx;
        this.modern = modern;
        this.legacy = legacy;
    }

    /**
     * Serves one client. Succeeds when the client has ended its side and what it asked is answered; the other side is left open.
     *
     * @param out may be written to from any thread
     */
    public Future<Void> serve(ReadStream<Buffer> in, WriteStream<Buffer> out, Caller caller) {
        return new StdioConnection(vertx, modern, legacy, new LineOutlet(in, out), caller).serve(in);
    }
}

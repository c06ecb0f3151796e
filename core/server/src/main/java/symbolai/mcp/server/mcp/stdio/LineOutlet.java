package symbolai.mcp.server.mcp.stdio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import symbolai.mcp.server.mcp.legacy.Outlet;

/** Writes messages as lines; while the client does not read them, nothing more is taken from it. Safe for any thread. */
final class LineOutlet implements Outlet {

    private final ReadStream<Buffer> in;
    private final WriteStream<Buffer> out;

    LineOutlet(ReadStream<Buffer> in, WriteStream<Buffer> out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public synchronized void send(Buffer message) {
        out.write(Buffer.buffer(message.length() + 1).appendBuffer(message).appendByte((byte) '\n'));
        if (out.writeQueueFull()) {
            in.pause();
            out.drainHandler(drained -> in.resume());
        }
    }

    @Override
    public boolean canAsk() {
        return true;
    }

    /** Runs the action when the client no longer takes anything. */
    void onBroken(Runnable action) {
        out.exceptionHandler(broken -> action.run());
    }
}

package symbolai.mcp.server.mcp.stdio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.server.jsonrpc.JsonRpcCodec;
import symbolai.mcp.server.mcp.ModernChannel;
import symbolai.mcp.server.tools.CancelSignal;

/** Answers one request since 2026-07-28 in a line, unless it was cancelled. */
final class LineChannel implements ModernChannel {

    private final LineOutlet outlet;
    private final JsonRpcCodec codec;
    private final boolean listens;
    private final Runnable ended;
    private final CancelSignal signal = new CancelSignal();
    private boolean isOver;

    /**
     * An open channel.
     *
     * @param listens whether it goes on until somebody ends it
     * @param ended is told when it was answered or cancelled
     */
    LineChannel(LineOutlet outlet, JsonRpcCodec codec, boolean listens, Runnable ended) {
        this.outlet = outlet;
        this.codec = codec;
        this.listens = listens;
        this.ended = ended;
    }

    @Override
    public synchronized void notify(String method, JsonObject params) {
        if (!isOver) {
            outlet.send(codec.notification(method, params));
        }
    }

    @Override
    public synchronized void answer(int status, Buffer response) {
        if (!isOver) {
            isOver = true;
            signal.end();
            outlet.send(response);
            ended.run();
        }
    }

    @Override
    public Cancellation cancellation() {
        return signal;
    }

    boolean listens() {
        return listens;
    }

    void cancel() {
        if (closed()) {
            signal.cancel();
            ended.run();
        }
    }

    private synchronized boolean closed() {
        boolean wasOpen = !isOver;
        isOver = true;
        return wasOpen;
    }
}

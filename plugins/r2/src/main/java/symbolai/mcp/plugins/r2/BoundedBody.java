package symbolai.mcp.plugins.r2;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ToolException;

/** Reads a stream into memory, as long as it is not too much. */
final class BoundedBody {

    private final ByteStream stream;
    private final int mostBytes;
    private final Promise<Optional<Buffer>> whole = Promise.promise();
    private final Buffer read = Buffer.buffer();

    private BoundedBody(ByteStream stream, int mostBytes) {
        this.stream = stream;
        this.mostBytes = mostBytes;
    }

    /**
     * All bytes; empty when there are more than that many. To be called in the turn in which the stream was given.
     *
     * @param cancellation ends the reading
     */
    static Future<Optional<Buffer>> read(ByteStream stream, int mostBytes, Cancellation cancellation) {
        var body = new BoundedBody(stream, mostBytes);
        cancellation.onCancel(body::cancel);
        return body.start();
    }

    private Future<Optional<Buffer>> start() {
        stream.exceptionHandler(whole::tryFail);
        stream.endHandler(end -> whole.tryComplete(Optional.of(read)));
        stream.handler(this::add);
        stream.resume();
        return whole.future();
    }

    private void cancel() {
        stream.close();
        whole.tryFail(new ToolException(ToolException.Reason.CANCELLED, "the reading was cancelled"));
    }

    private void add(Buffer piece) {
        if (read.length() + piece.length() > mostBytes) {
            stream.close();
            whole.tryComplete(Optional.empty());
        } else {
            read.appendBuffer(piece);
        }
    }
}

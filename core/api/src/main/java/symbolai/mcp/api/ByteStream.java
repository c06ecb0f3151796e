package symbolai.mcp.api;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/**
 * Bytes that come one after another. A new stream is paused. Whoever holds it sets the handlers and resumes it on one event-loop context, and
 * closes it when no more is wanted; the end and a failure close it too.
 */
public interface ByteStream extends ReadStream<Buffer>, AutoCloseable {

    /** Wants no more bytes and frees what the stream holds; does nothing when it has ended. */
    @Override
    void close();
}

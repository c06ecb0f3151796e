package symbolai.mcp.plugins.d1;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.nio.charset.StandardCharsets;
import symbolai.mcp.api.ByteStream;
import symbolai.mcp.api.Cancellation;
import symbolai.mcp.api.ToolException;

/**
 * The text of an export, or its beginning.
 *
 * @param truncated whether there is more; then the text ends after a whole line where it can
 */
record SqlText(String sql, boolean truncated) {

    private static final int MOST_BYTES = 240 * 1024;

    /** To be called in the turn in which the stream was given; it is closed when there is more than a model may read. */
    static Future<SqlText> read(ByteStream stream, Cancellation cancellation) {
        var reading = new Reading(stream, Buffer.buffer(), Promise.promise());
        cancellation.onCancel(reading::cancel);
        return reading.start();
    }

    private static SqlText cut(Buffer read) {
        var text = new String(read.getBytes(0, Math.min(read.length(), MOST_BYTES)), StandardCharsets.UTF_8);
        while (Json.encode(text).getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
            text = wholeLines(text.substring(0, text.length() * 3 / 4));
        }
        return read.length() > MOST_BYTES
                ? new SqlText(wholeLines(text), true)
                : new SqlText(text, text.getBytes(StandardCharsets.UTF_8).length < read.length());
    }

    private static String wholeLines(String text) {
        var end = text.lastIndexOf('\n');
        return end < 0 ? text : text.substring(0, end + 1);
    }

    private record Reading(ByteStream stream, Buffer read, Promise<SqlText> done) {

        Future<SqlText> start() {
            stream.exceptionHandler(done::tryFail);
            stream.endHandler(end -> done.tryComplete(cut(read)));
            stream.handler(this::add);
            stream.resume();
            return done.future();
        }

        void cancel() {
            stream.close();
            done.tryFail(new ToolException(ToolException.Reason.CANCELLED, "the export was cancelled"));
        }

        private void add(Buffer piece) {
            read.appendBuffer(piece);
            if (read.length() > MOST_BYTES) {
                stream.close();
                done.tryComplete(cut(read));
            }
        }
    }
}

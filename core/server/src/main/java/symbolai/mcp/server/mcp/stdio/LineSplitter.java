package symbolai.mcp.server.mcp.stdio;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Cuts bytes into lines; of a line that is too long nothing is kept. Not safe for several threads. */
final class LineSplitter {

    private final int maxLength;
    private final Consumer<Buffer> line;
    private final Runnable tooLong;
    private Buffer rest = Buffer.buffer();
    private boolean isTooLong;

    /**
     * Nothing was read.
     *
     * @param maxLength the most bytes of a line
     * @param line is given each line, without its end
     * @param tooLong is told of each line that was left out
     */
    LineSplitter(int maxLength, Consumer<Buffer> line, Runnable tooLong) {
        this.maxLength = maxLength;
        this.line = line;
        this.tooLong = tooLong;
    }

    /** Takes the next bytes. */
    void take(Buffer bytes) {
        int start = 0;
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.getByte(i) == '\n') {
                keep(bytes, start, i);
                finishLine();
                start = i + 1;
            }
        }
        keep(bytes, start, bytes.length());
    }

    /** There are no more bytes; what is left is a line. */
    void end() {
        if (rest.length() > 0 || isTooLong) {
            finishLine();
        }
    }

    private void keep(Buffer bytes, int start, int end) {
        if (isTooLong || rest.length() + end - start > maxLength) {
            isTooLong = true;
            rest = Buffer.buffer();
            return;
        }
        rest.appendBuffer(bytes, start, end - start);
    }

    private void finishLine() {
        Buffer finished = rest;
        boolean wasTooLong = isTooLong;
        rest = Buffer.buffer();
        isTooLong = false;
        if (wasTooLong) {
            tooLong.run();
            return;
        }
        line.accept(finished);
    }
}

package symbolai.mcp.server.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads the lines of a segment one after the other. */
final class SegmentReader implements AutoCloseable {
    private final BufferedInputStream input;
    private long offset;
    private long number;

    /**
     * A line.
     *
     * @param text one character for each byte
     * @param offset where it begins in the file
     * @param number its number from the place where the reading began, from 1
     * @param whole whether a line break ends it
     */
    record Line(String text, long offset, long number, boolean whole) {
        /** Where the next line begins. */
        long end() {
            return offset + text.length() + 1;
        }
    }

    SegmentReader(Path file) throws IOException {
        this(file, 0);
    }

    /**
     * @param offset where to begin
     */
    SegmentReader(Path file, long offset) throws IOException {
        this.input = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        this.offset = offset;
        input.skipNBytes(Math.min(offset, Files.size(file)));
    }

    /** The next line; empty at the end. */
    Optional<Line> next() throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        long begin = offset;
        for (int next = input.read(); next >= 0; next = input.read()) {
            offset++;
            if (next == '\n') {
                return Optional.of(new Line(bytes.toString(StandardCharsets.ISO_8859_1), begin, ++number, true));
            }
            bytes.write(next);
        }
        return bytes.size() == 0
                ? Optional.empty()
                : Optional.of(new Line(bytes.toString(StandardCharsets.ISO_8859_1), begin, ++number, false));
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}

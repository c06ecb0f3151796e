package symbolai.mcp.server.audit;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of a period piece by piece, as lines of JSON or CSV; what was changed since it was written says so. Blocks. */
final class ExportReader implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final Deque<Segment> left;
    private final ShownRecord shown = new ShownRecord();
    private final Instant from;
    private final Instant to;
    private final boolean csv;
    private @Nullable SegmentReader reader;
    private boolean begun;
    /** When the last record was written whose time can be read; one whose time cannot be belongs there too. */
    private Instant at;

    ExportReader(Path folder, Instant from, Instant to, boolean csv) throws IOException {
        this.left = new ArrayDeque<>(Segment.in(folder));
        this.from = from;
        this.at = from;
        this.to = to;
        this.csv = csv;
    }

    /** The next piece; empty at the end. */
    Buffer next() throws IOException {
        var piece = Buffer.buffer();
        if (csv && !begun) {
            piece.appendString(CsvLine.header());
        }
        begun = true;
        for (var line = line(); line.isPresent(); line = piece.length() < PIECE ? line() : Optional.empty()) {
            line.filter(this::inPeriod).map(this::text).ifPresent(piece::appendString);
        }
        return piece;
    }

    /** The next whole line of whichever segment; empty when there is none. */
    private Optional<String> line() throws IOException {
        while (reader != null || !left.isEmpty()) {
            var line = open().next().filter(SegmentReader.Line::whole);
            if (line.isPresent()) {
                return line.map(SegmentReader.Line::text);
            }
            close();
        }
        return Optional.empty();
    }

    private SegmentReader open() throws IOException {
        var open = reader == null ? new SegmentReader(left.remove().file()) : reader;
        reader = open;
        return open;
    }

    private boolean inPeriod(String line) {
        at = ChainLine.parse(line).flatMap(ChainLine::at).orElse(at);
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** A record that is as it was written goes out byte by byte, so that its hash can be computed from an export too. */
    private String text(String line) {
        var record = shown.of(line);
        if (csv) {
            return CsvLine.of(record);
        }
        return (ShownRecord.isGenuine(record) ? line : AsciiJson.encode(record)) + "\n";
    }

    @Override
    public void close() throws IOException {
        var open = reader;
        reader = null;
        if (open != null) {
            open.close();
        }
    }
}

package symbolai.mcp.server.audit;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the records of a period piece by piece, as lines of JSON or CSV. Blocks. */
final class ExportReader implements AutoCloseable {
    private static final int PIECE = 1 << 16;

    private final Deque<Segment> left;
    private final Instant from;
    private final Instant to;
    private final boolean csv;
    private @Nullable SegmentReader reader;
    private boolean begun;

    ExportReader(Path folder, Instant from, Instant to, boolean csv) throws IOException {
        this.left = new ArrayDeque<>(Segment.in(folder));
        this.from = from;
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

    /** The next record of whichever segment; empty when there is none. */
    private Optional<ChainLine> line() throws IOException {
        while (reader != null || !left.isEmpty()) {
            var open = open();
            for (var line = open.next(); line.isPresent(); line = open.next()) {
                var record = ChainLine.parse(line.get().text());
                if (record.isPresent()) {
                    return record;
                }
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

    private boolean inPeriod(ChainLine line) {
        var at = Instant.parse(line.json().getString("at"));
        return !at.isBefore(from) && at.isBefore(to);
    }

    private String text(ChainLine line) {
        return csv ? CsvLine.of(line.json()) : line.text() + "\n";
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

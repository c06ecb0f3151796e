package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Reads the end of the log from its files, so that nothing waits for the index. Blocks. */
final class Following {
    private Following() {}

    /** The records after a number, oldest first; with 0 the last ones. */
    static List<JsonObject> after(Path folder, long sequence, int most) throws IOException {
        var found = new ArrayDeque<JsonObject>();
        var shown = new ShownRecord();
        var segments = Segment.in(folder);
        for (int i = begin(segments, sequence); i < segments.size(); i++) {
            try (var reader = new SegmentReader(segments.get(i).file())) {
                for (var line = reader.next(); line.isPresent() && line.get().whole(); line = reader.next()) {
                    ChainLine.parse(line.get().text())
                            .filter(record -> record.sequence() > sequence)
                            .ifPresent(record -> found.add(shown.of(record)));
                    if (found.size() > most && sequence > 0) {
                        found.removeLast();
                        return new ArrayList<>(found);
                    }
                    if (found.size() > most) {
                        found.removeFirst();
                    }
                }
            }
        }
        return new ArrayList<>(found);
    }

    /** The last segment that begins at or before the record; for the last ones the last two. */
    private static int begin(List<Segment> segments, long sequence) throws IOException {
        for (int i = segments.size() - 1; i > 0; i--) {
            if (sequence == 0 ? i == segments.size() - 2 : first(segments.get(i)) <= sequence + 1) {
                return i;
            }
        }
        return 0;
    }

    private static long first(Segment segment) throws IOException {
        try (var reader = new SegmentReader(segment.file())) {
            return reader.next()
                    .flatMap(line -> ChainLine.parse(line.text()))
                    .map(ChainLine::sequence)
                    .orElse(Long.MAX_VALUE);
        }
    }
}

package symbolai.mcp.server.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where a log goes on.
 *
 * @param state what the next record follows
 * @param last the last file
 * @param end where the last whole line of the last file ends; what lies behind was never acknowledged
 * @param damage the first record of the last file with records that is not as it was written
 */
record LogEnd(ChainState state, Optional<Segment> last, long end, Optional<Damage> damage) {
    /** Reads the last file that has records, and the end of the one before. */
    static LogEnd find(Path folder) throws IOException {
        var segments = Segment.in(folder);
        var last = segments.isEmpty() ? Optional.<Segment>empty() : Optional.of(segments.get(segments.size() - 1));
        for (int i = segments.size() - 1; i >= 0; i--) {
            var end = read(segments.get(i), ChainState.unknown());
            if (end.state().sequence() >= 0) {
                var whole = i == 0 ? end : read(segments.get(i), before(segments.subList(0, i)));
                boolean isLast = i == segments.size() - 1;
                return new LogEnd(whole.state(), last, isLast ? whole.end() : 0, whole.damage());
            }
        }
        return new LogEnd(ChainState.origin(), last, 0, Optional.empty());
    }

    /** Whatever is wrong in a file that others follow was said when the first of them was begun. */
    private static ChainState before(List<Segment> segments) throws IOException {
        for (int i = segments.size() - 1; i >= 0; i--) {
            var state = read(segments.get(i), ChainState.unknown()).state();
            if (state.sequence() >= 0) {
                return state;
            }
        }
        return ChainState.unknown();
    }

    /** Lines that do not even look like a record are what a crash has left, when no record follows them. */
    private static LogEnd read(Segment segment, ChainState before) throws IOException {
        var sha256 = new LinkHash();
        var state = before;
        var pending = Optional.<Damage>empty();
        var damage = Optional.<Damage>empty();
        var known = state;
        long end = 0;
        try (var reader = new SegmentReader(segment.file())) {
            for (var line = reader.next(); line.isPresent() && line.get().whole(); line = reader.next()) {
                var step = state.step(line.get().text(), sha256);
                state = step.state();
                long number = line.get().number();
                pending = pending.or(() -> damage(segment, number, step));
                if (looksLikeRecord(line.get().text())) {
                    end = line.get().end();
                    known = state;
                    damage = pending;
                }
            }
        }
        return new LogEnd(known, Optional.of(segment), end, damage);
    }

    private static Optional<Damage> damage(Segment segment, long line, ChainState.Step step) {
        return step.finding()
                .map(found -> new Damage(found.sequence(), segment.name(), line, found.kind(), found.detail()));
    }

    /** No single change of a record makes it look like something else. */
    private static boolean looksLikeRecord(String text) {
        return text.startsWith("{\"seq\":") || text.contains("\"hash\":\"");
    }
}

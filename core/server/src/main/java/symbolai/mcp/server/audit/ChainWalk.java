package symbolai.mcp.server.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import symbolai.mcp.server.audit.Damage.Kind;

/** One walk through all segments of a log, which notes whatever is not as it was written. */
final class ChainWalk {
    private static final int MOST = 1_000;

    private final LinkHash sha256 = new LinkHash();
    private final NavigableMap<Long, String> signed;
    private final List<Damage> found = new ArrayList<>();
    private final long before;
    private ChainState state;
    private String file = "";
    private long records;
    private long first;
    private boolean torn;

    /**
     * @param signed the hashes that checkpoints name
     */
    ChainWalk(ChainState begin, NavigableMap<Long, String> signed) {
        this.state = begin;
        this.before = begin.sequence();
        this.signed = signed;
    }

    void through(Segment segment, boolean isLast) throws IOException {
        file = segment.name();
        try (var reader = new SegmentReader(segment.file())) {
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                if (line.get().whole()) {
                    step(line.get());
                } else if (isLast && !isRecord(withoutLast(line.get().text()))) {
                    torn = true;
                } else {
                    note(state.sequence() + 1, line.get().number(), Kind.CHANGED, "the line has no end");
                }
            }
        }
    }

    private void step(SegmentReader.Line line) {
        var step = state.step(line.text(), sha256);
        records++;
        step.finding().ifPresent(finding -> note(finding.sequence(), line.number(), finding.kind(), finding.detail()));
        state = step.state();
        first = first == 0 ? state.sequence() : first;
        var checkpoint = signed.get(state.sequence());
        if (step.finding().isEmpty() && checkpoint != null && !checkpoint.equals(state.hash())) {
            note(state.sequence(), line.number(), Kind.REWRITTEN, "the checkpoint for it has the hash " + checkpoint);
        }
    }

    /** A record that stands further down was not missing, but moved. */
    private void note(long sequence, long line, Kind kind, String detail) {
        if (kind == Kind.REORDERED) {
            found.replaceAll(damage ->
                    damage.kind() == Kind.MISSING && damage.sequence() == sequence ? damage.as(kind) : damage);
        }
        if (found.size() < MOST) {
            found.add(new Damage(sequence, file, line, kind, detail));
        }
    }

    private boolean isRecord(String text) {
        return ChainLine.parse(text)
                .filter(line -> line.computed(sha256).equals(line.hash()))
                .isPresent();
    }

    private static String withoutLast(String text) {
        return text.substring(0, text.length() - 1);
    }

    /** What came of it, with what was found before the walk at the end. */
    Verification end(int segments, List<String> keys, List<Damage> others) {
        long promised = signed.isEmpty() ? 0 : signed.lastKey();
        if (promised > Math.max(state.sequence(), before)) {
            note(
                    state.sequence() + 1,
                    0,
                    Kind.TRUNCATED,
                    "a checkpoint names record " + promised + ", and the log ends with record " + state.sequence());
        }
        var all = new ArrayList<>(found);
        all.addAll(others);
        return new Verification(
                records,
                first,
                records == 0 ? 0 : state.sequence(),
                segments,
                signed.size(),
                promised,
                keys,
                torn,
                all);
    }
}

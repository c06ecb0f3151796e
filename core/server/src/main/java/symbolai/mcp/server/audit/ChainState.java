package symbolai.mcp.server.audit;

import java.util.Optional;
import java.util.Set;
import symbolai.mcp.server.audit.Damage.Kind;

/**
 * How far a walk along the chain has come.
 *
 * @param sequence the number of the last record
 * @param hashes what the next record may name as the hash of the one before; empty when that is not known
 * @param hash what a new record names as the hash of the one before
 */
record ChainState(long sequence, Set<String> hashes, String hash) {

    /** What came of one line. */
    record Step(ChainState state, Optional<Finding> finding) {}

    /** Why a line is not what should be there. */
    record Finding(long sequence, Kind kind, String detail) {}

    /** Before the first record of all. */
    static ChainState origin() {
        return after(0, ChainLine.ORIGIN);
    }

    /** After a record that is known. */
    static ChainState after(long sequence, String hash) {
        return new ChainState(sequence, Set.of(hash), hash);
    }

    /** Before a line of which nothing is known. */
    static ChainState unknown() {
        return new ChainState(-1, Set.of(), ChainLine.ORIGIN);
    }

    /** Goes on by a line that a line break ends. */
    Step step(String text, LinkHash sha256) {
        var parsed = ChainLine.parse(text);
        if (parsed.isEmpty()) {
            return found(
                    new ChainState(sequence + 1, Set.of(), hash), sequence + 1, Kind.CHANGED, "this is not a record");
        }
        var line = parsed.get();
        var computed = line.computed(sha256);
        if (!computed.equals(line.hash())) {
            return found(
                    new ChainState(Math.max(sequence + 1, 0), Set.of(computed, line.hash()), line.hash()),
                    isUnknown() ? line.sequence() : sequence + 1,
                    Kind.CHANGED,
                    "its hash should be " + computed + " and is " + line.hash());
        }
        return joined(line);
    }

    private boolean isUnknown() {
        return sequence < 0;
    }

    private Step joined(ChainLine line) {
        boolean follows = hashes.isEmpty() || hashes.contains(line.previous());
        if (isUnknown() || (follows && line.sequence() == sequence + 1)) {
            return new Step(after(line.sequence(), line.hash()), Optional.empty());
        }
        if (line.sequence() > sequence + 1) {
            return found(
                    after(line.sequence(), line.hash()),
                    sequence + 1,
                    Kind.MISSING,
                    "after record " + sequence + " comes record " + line.sequence());
        }
        if (line.sequence() <= sequence) {
            return found(
                    this, line.sequence(), Kind.REORDERED, "it stands after record " + sequence + " or is there twice");
        }
        return found(
                after(line.sequence(), line.hash()),
                line.sequence(),
                Kind.SPLICED,
                "it does not follow the record " + sequence + " that stands before it");
    }

    private static Step found(ChainState next, long sequence, Kind kind, String detail) {
        return new Step(next, Optional.of(new Finding(sequence, kind, detail)));
    }
}

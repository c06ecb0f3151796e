package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import symbolai.mcp.server.audit.Damage.Kind;
import symbolai.mcp.server.crypto.VerifyingKey;

/** The hashes that checkpoints name, of one file or of several that must agree. Used by one thread at a time. */
final class Promises {
    private final NavigableMap<Long, String> hashes = new TreeMap<>();
    private final List<Damage> damages = new ArrayList<>();

    /** The hashes by the numbers of their records. */
    NavigableMap<Long, String> hashes() {
        return hashes;
    }

    /** What is wrong with the checkpoints themselves; others may add to it. */
    List<Damage> damages() {
        return damages;
    }

    /** Adds those of a file, in which numbers only grow. */
    void take(SignedFile file, List<VerifyingKey> known) throws IOException {
        long before = 0;
        for (var line : file.lines(known)) {
            if (line.facts().isEmpty()) {
                damages.add(file.badSignature(line, "checkpoint"));
                continue;
            }
            long sequence = line.facts().get().getLong("seq");
            if (sequence < before) {
                note(file, sequence, line.number(), "a checkpoint for it comes after one for record " + before);
            }
            before = sequence;
            take(file, sequence, line.number(), line.facts().get());
        }
    }

    private void take(SignedFile file, long sequence, long line, JsonObject facts) {
        var hash = facts.getString("hash");
        var another = hashes.putIfAbsent(sequence, hash);
        if (another != null && !another.equals(hash)) {
            note(file, sequence, line, "checkpoints for it name the hashes " + another + " and " + hash);
        }
    }

    /** Notes when the last checkpoint of a file was not signed with one of these keys. */
    void requireLast(SignedFile file, List<VerifyingKey> own) throws IOException {
        long last = hashes.isEmpty() ? 0 : hashes.lastKey();
        long signed = file.last(own).map(facts -> facts.getLong("seq")).orElse(0L);
        if (signed < last) {
            damages.add(new Damage(
                    last,
                    file.name(),
                    0,
                    Kind.BAD_SIGNATURE,
                    "the checkpoint for it is not among those beside the log that this server has signed"));
        }
    }

    private void note(SignedFile file, long sequence, long line, String detail) {
        damages.add(new Damage(sequence, file.name(), line, Kind.REWRITTEN, detail));
    }
}

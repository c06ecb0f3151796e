package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import symbolai.mcp.server.audit.Damage.Kind;
import symbolai.mcp.server.crypto.VerifyingKey;

/** Checks a whole audit log, with nothing secret and without a server. Blocks. */
public final class Verifier {
    private final Path folder;
    private final Path checkpoints;
    private final Path keys;

    /**
     * @param checkpoints a copy of the checkpoints that is to be trusted; the one beside the log when empty
     * @param keys a copy of the public keys that is to be trusted; the one beside the log when empty
     */
    public Verifier(Path folder, Optional<Path> checkpoints, Optional<Path> keys) {
        this.folder = folder;
        this.checkpoints = checkpoints.orElseGet(() -> folder.resolve(SignedFile.CHECKPOINTS));
        this.keys = keys.orElseGet(() -> folder.resolve(SignedFile.KEYS));
    }

    /**
     * Checks it all.
     *
     * @throws IOException when a file cannot be read
     */
    public Verification verify() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new IOException("there is no folder " + folder);
        }
        var known = SignedFile.keys(keys);
        var damages = new ArrayList<Damage>();
        var signed = signed(known, damages);
        var segments = Segment.in(folder);
        var walk = new ChainWalk(begin(segments, known, damages), signed);
        for (int i = 0; i < segments.size(); i++) {
            walk.through(segments.get(i), i == segments.size() - 1);
        }
        return walk.end(segments.size(), damages);
    }

    /** The hashes that checkpoints name, by the numbers of their records. */
    private NavigableMap<Long, String> signed(List<VerifyingKey> known, List<Damage> damages) throws IOException {
        var signed = new TreeMap<Long, String>();
        for (var line : new SignedFile(checkpoints).lines(known)) {
            line.facts()
                    .ifPresentOrElse(
                            facts -> signed.put(facts.getLong("seq"), facts.getString("hash")),
                            () -> damages.add(badSignature(checkpoints, line.number(), "checkpoint")));
        }
        return signed;
    }

    /** Where the first record that is there follows: the last of those that a tombstone stands for, or nothing. */
    private ChainState begin(List<Segment> segments, List<VerifyingKey> known, List<Damage> damages)
            throws IOException {
        var names = segments.stream().map(Segment::name).toList();
        var file = folder.resolve(SignedFile.TOMBSTONES);
        var state = ChainState.origin();
        for (var line : new SignedFile(file).lines(known)) {
            var gone = line.facts().filter(facts -> !names.contains(facts.getString("segment")));
            if (line.facts().isEmpty()) {
                damages.add(badSignature(file, line.number(), "tombstone"));
            } else if (gone.isPresent()) {
                state = later(state, gone.get());
            }
        }
        return state;
    }

    private static ChainState later(ChainState state, JsonObject tombstone) {
        long last = tombstone.getLong("last");
        return last > state.sequence() ? ChainState.after(last, tombstone.getString("hash")) : state;
    }

    private static Damage badSignature(Path file, long line, String what) {
        return new Damage(
                0,
                String.valueOf(file.getFileName()),
                line,
                Kind.BAD_SIGNATURE,
                "this " + what + " was changed, or signed with another key");
    }
}

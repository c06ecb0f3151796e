package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.crypto.PublicSigner;
import symbolai.mcp.server.crypto.VerifyingKey;

/** Checks a whole audit log, with nothing secret and without a server. Blocks. */
public final class Verifier {
    private final Path folder;
    private final List<SignedFile> checkpoints;
    private final Path keys;
    private final List<VerifyingKey> own;

    /**
     * A check by somebody who knows nothing secret.
     *
     * @param checkpoints a copy of the checkpoints that is to be trusted, besides those beside the log
     * @param keys a copy of the public keys that is to be trusted; the one beside the log when empty
     */
    public Verifier(Path folder, Optional<Path> checkpoints, Optional<Path> keys) {
        this(folder, checkpoints, keys, List.of());
    }

    /**
     * A check by the server that signs the checkpoints.
     *
     * @param own the server's keys, one of which must have signed the last checkpoint beside the log
     */
    Verifier(Path folder, Optional<Path> checkpoints, Optional<Path> keys, List<VerifyingKey> own) {
        this.folder = folder;
        this.checkpoints = Stream.concat(Stream.of(folder.resolve(SignedFile.CHECKPOINTS)), checkpoints.stream())
                .map(SignedFile::checkpoints)
                .toList();
        this.keys = keys.orElseGet(() -> folder.resolve(SignedFile.KEYS));
        this.own = own;
    }

    /** The check by the server that signs the checkpoints, against those in the second place too. */
    public static Verifier by(PublicSigner signer, Path folder, AuditConfig config) {
        var second = config.checkpointFolder().map(place -> place.resolve(SignedFile.CHECKPOINTS));
        return new Verifier(folder, second, Optional.empty(), signer.keys(List.of()));
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
        var known = Stream.concat(SignedFile.keys(keys).stream(), own.stream()).toList();
        var promises = new Promises();
        for (var file : checkpoints) {
            promises.take(file, known);
        }
        if (!own.isEmpty()) {
            promises.requireLast(checkpoints.get(0), own);
        }
        var segments = Segment.in(folder);
        var walk = new ChainWalk(begin(segments, known, promises.damages()), promises.hashes());
        for (int i = 0; i < segments.size(); i++) {
            walk.through(segments.get(i), i == segments.size() - 1);
        }
        var ids = known.stream().map(VerifyingKey::id).distinct().toList();
        return walk.end(segments.size(), ids, promises.damages());
    }

    /** Where the first record that is there follows: the last of those that a tombstone stands for, or nothing. */
    private ChainState begin(List<Segment> segments, List<VerifyingKey> known, List<Damage> damages)
            throws IOException {
        var names = segments.stream().map(Segment::name).toList();
        var file = SignedFile.tombstones(folder);
        var state = ChainState.origin();
        for (var line : file.lines(known)) {
            var gone = line.facts().filter(facts -> !names.contains(facts.getString("segment")));
            if (line.facts().isEmpty()) {
                damages.add(file.badSignature(line, "tombstone"));
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
}

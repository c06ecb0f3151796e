package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.server.crypto.PublicSigner;
import symbolai.mcp.server.crypto.VerifyingKey;

/**
 * A file of signed lines beside the audit log.
 *
 * @param members what each of its lines says; a signed line that says something else belongs to another file
 */
record SignedFile(Path path, Set<String> members) {
    /** Where the public keys are. */
    static final String KEYS = "checkpoint-key.pub";

    /** How far the log had come at several times. */
    static final String CHECKPOINTS = "checkpoints.jsonl";

    /** What was removed. */
    static final String TOMBSTONES = "tombstones.jsonl";

    private static final Set<String> CHECKPOINT = Set.of("seq", "hash", "at", "key");
    private static final Set<String> TOMBSTONE = Set.of("segment", "first", "last", "hash", "at", "key");

    /** How much of the end is looked at first. */
    private static final long END = 1 << 16;

    /**
     * A line.
     *
     * @param facts what it says; empty when its signature is not good
     */
    record Signed(long number, Optional<JsonObject> facts) {}

    /** A file of checkpoints. */
    static SignedFile checkpoints(Path path) {
        return new SignedFile(path, CHECKPOINT);
    }

    /** The tombstones of a folder. */
    static SignedFile tombstones(Path folder) {
        return new SignedFile(folder.resolve(TOMBSTONES), TOMBSTONE);
    }

    /** Appends a line, with the public key beside it. */
    void append(JsonObject facts, PublicSigner signer) throws IOException {
        var key = publish(signer);
        Disk.appendLine(path, SignedLine.sign(facts, signer, key));
    }

    /** Adds the key to those beside the file, unless it is among them. */
    VerifyingKey publish(PublicSigner signer) throws IOException {
        var file = path.resolveSibling(KEYS);
        var known = keys(file);
        var key = signer.key(known);
        if (known.stream().noneMatch(other -> other.id().equals(key.id()))) {
            Disk.appendLine(file, key.pem().strip());
        }
        return key;
    }

    /** The public keys of a file; none when it is not there. */
    static List<VerifyingKey> keys(Path file) throws IOException {
        return Files.exists(file) ? VerifyingKey.read(Files.readString(file, StandardCharsets.ISO_8859_1)) : List.of();
    }

    /** What the last line says whose signature is good; as much of the end is read as that takes. */
    Optional<JsonObject> last(List<VerifyingKey> keys) throws IOException {
        long size = Files.exists(path) ? Files.size(path) : 0;
        var found = Optional.<JsonObject>empty();
        for (long bytes = END; found.isEmpty() && bytes < 2 * size + END; bytes *= 2) {
            found = last(keys, Math.max(0, size - bytes));
        }
        return found;
    }

    private Optional<JsonObject> last(List<VerifyingKey> keys, long begin) throws IOException {
        var lines = new ArrayDeque<String>();
        try (var reader = new SegmentReader(path, begin)) {
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                lines.addFirst(line.get().text());
            }
        }
        return lines.stream().flatMap(line -> open(line, keys).stream()).findFirst();
    }

    private Optional<JsonObject> open(String line, List<VerifyingKey> keys) {
        return SignedLine.open(line, keys).filter(facts -> facts.fieldNames().equals(members));
    }

    /** The name of the file. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** What is wrong with a line whose signature is not good. */
    Damage badSignature(Signed line, String what) {
        return new Damage(
                0,
                name(),
                line.number(),
                Damage.Kind.BAD_SIGNATURE,
                "this " + what + " was changed, or signed with another key");
    }

    /** All whole lines; what a crash has left of one at the end is none. */
    List<Signed> lines(List<VerifyingKey> keys) throws IOException {
        var lines = new ArrayList<Signed>();
        if (Files.notExists(path)) {
            return lines;
        }
        try (var reader = new SegmentReader(path)) {
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                var facts = open(line.get().text(), keys);
                if (line.get().whole() || facts.isPresent()) {
                    lines.add(new Signed(line.get().number(), facts));
                }
            }
        }
        return lines;
    }
}

package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.crypto.PublicSigner;
import symbolai.mcp.server.crypto.VerifyingKey;

/** Signs from time to time how far the log has come, so that it is noticed when its end is gone. Used by one thread at a time. */
final class Checkpoints {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);

    private final List<SignedFile> files;
    private final PublicSigner signer;
    private final Clock clock;
    private final Pace pace;
    private long signed;
    private long written;
    private String hash = ChainLine.ORIGIN;
    private long since;
    private String generation = "";

    /** After how many records, and after which time with new records, there is a checkpoint. */
    record Pace(int records, Duration time) {
        static final Pace USUAL = new Pace(1_000, Duration.ofMinutes(1));
    }

    Checkpoints(Path folder, Optional<Path> another, PublicSigner signer, Clock clock, Pace pace) {
        this.files = Stream.concat(Stream.of(folder), another.stream())
                .map(place -> SignedFile.checkpoints(place.resolve(SignedFile.CHECKPOINTS)))
                .toList();
        this.signer = signer;
        this.clock = clock;
        this.pace = pace;
    }

    /** The greatest number that was signed, beside the log or in the second place; 0 when there is no checkpoint. */
    long last() throws IOException {
        long last = 0;
        for (var file : files) {
            last = Math.max(last, last(file, known(file)));
        }
        return last;
    }

    /**
     * The id of the key that signs from now on, when the checkpoints beside the log are another's: the last of them was not signed by this server,
     * or its key was never published; empty for the first key of all.
     */
    Optional<String> replacing() throws IOException {
        var file = files.get(0);
        var known = known(file);
        if (known.isEmpty() && Files.notExists(file.path())) {
            return Optional.empty();
        }
        var id = signer.key(known).id();
        boolean isPublished =
                known.isEmpty() || known.stream().anyMatch(key -> key.id().equals(id));
        return isPublished && last(file, known) == last(file, signer.keys(known)) ? Optional.empty() : Optional.of(id);
    }

    private static List<VerifyingKey> known(SignedFile file) throws IOException {
        return SignedFile.keys(file.path().resolveSibling(SignedFile.KEYS));
    }

    private static long last(SignedFile file, List<VerifyingKey> keys) throws IOException {
        return file.last(keys).map(facts -> facts.getLong("seq")).orElse(0L);
    }

    /** Lets the key that signs be known beside the log; elsewhere it is with the first checkpoint. */
    void publish() throws IOException {
        files.get(0).publish(signer);
    }

    /** Begins after the records that are there. */
    void begin(long sequence) {
        signed = sequence;
        written = sequence;
        generation = signer.generation();
    }

    /** Begins after the records that are there by signing them, as those before were signed by another key. */
    void begin(long sequence, String last) {
        written = sequence;
        hash = last;
        sign();
    }

    /** How long until a checkpoint is due; empty while there is nothing new. */
    Optional<Duration> due() {
        return written == signed
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.max(1, since + pace.time().toMillis() - clock.millis())));
    }

    /** The log has come this far; signs that when it is time. */
    void written(long sequence, String last) {
        if (written == signed) {
            since = clock.millis();
        }
        written = sequence;
        hash = last;
        if (written - signed >= pace.records() || !generation.equals(signer.generation())) {
            sign();
        } else {
            check();
        }
    }

    /** Signs when it is time. */
    void check() {
        if (written > signed && clock.millis() - since >= pace.time().toMillis()) {
            sign();
        }
    }

    /** Signs what is not signed yet. A checkpoint that cannot be written is made up for by the next one. */
    void sign() {
        if (written == signed) {
            return;
        }
        var facts = new JsonObject()
                .put("seq", written)
                .put("hash", hash)
                .put("at", clock.instant().toString());
        for (var file : files) {
            try {
                file.append(facts, signer);
            } catch (IOException | RuntimeException failure) {
                LOG.atWarn().setCause(failure).addKeyValue("file", file.path()).log("audit checkpoint not written");
            }
        }
        signed = written;
        generation = signer.generation();
        since = clock.millis();
    }
}

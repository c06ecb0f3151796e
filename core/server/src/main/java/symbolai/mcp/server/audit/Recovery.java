package symbolai.mcp.server.audit;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where a log goes on, and says in the log itself what it found damaged. Blocks. */
record Recovery(Segments segments, Optional<Checkpoints> checkpoints) {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /** The first record at the end of the log that is not as it was written. */
    Optional<Damage> run() throws IOException {
        var changed = segments.recover();
        var cut = cut();
        var damage = changed.or(() -> cut);
        if (damage.isPresent()) {
            confess(damage.get());
        }
        if (checkpoints.isPresent()) {
            begin(checkpoints.get());
        }
        return damage;
    }

    /** A signing key that takes the place of another is in the log before it is published. */
    private void begin(Checkpoints signed) throws IOException {
        var key = signed.replacing();
        if (key.isPresent()) {
            segments.append(List.of(
                    new AuditRecord(Instant.now(), "audit.key-replaced", new JsonObject().put("target", key.get()))
                            .text()));
            signed.publish();
            signed.begin(segments.sequence(), segments.hash());
        } else {
            signed.begin(segments.sequence());
        }
    }

    /** Records that a checkpoint names, and that are gone; their numbers are not given again. */
    private Optional<Damage> cut() throws IOException {
        long promised = checkpoints.isPresent() ? checkpoints.get().last() : 0;
        long last = segments.sequence();
        if (promised <= last) {
            return Optional.empty();
        }
        segments.skip(promised);
        return Optional.of(new Damage(
                last + 1,
                segments.name(),
                0,
                Damage.Kind.TRUNCATED,
                "a checkpoint names record " + promised + ", and the log ended with record " + last));
    }

    /** What was written before stays as it is; the log goes on in a new file that begins by saying so. */
    private void confess(Damage found) throws IOException {
        LOG.atError()
                .addKeyValue("record", found.sequence())
                .addKeyValue("file", found.file())
                .addKeyValue("line", found.line())
                .addKeyValue("kind", found.kind().text())
                .log("audit log damaged, it goes on in a new file");
        segments.append(List.of(new AuditRecord(Instant.now(), "audit.damaged", found.json()).text()));
    }
}

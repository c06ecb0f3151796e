package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.store.AuditIndexStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.SubjectStore;

/** The room with a database of its own. */
final class AuditHouse implements AutoCloseable {

    static final Caller AUDITOR = Caller.local("auditor", "Audrey", Role.AUDITOR);

    final Vertx vertx = Vertx.vertx();
    final MasterKey key = MasterKey.of(new byte[MasterKey.LENGTH]);
    final Path folder;
    final Database database;
    final AuditIndexStore index;
    final SubjectKeys subjects;
    final AuditLog log;
    final Indexer indexer;
    final AuditDesk desk;
    final Retention retention;

    AuditHouse(Path place, AuditConfig config, long segmentBytes, Checkpoints.Pace pace, Clock clock) {
        folder = place.resolve("audit");
        database = new Database(vertx, place.resolve("audit.db"));
        done(database.start());
        var signer = key.publicSigner("checkpoint");
        index = new AuditIndexStore(database);
        subjects = new SubjectKeys(new SubjectStore(database), key, clock);
        log = new AuditLog(
                vertx,
                folder,
                config,
                segmentBytes,
                Optional.of(new Checkpoints(folder, config.checkpointFolder(), signer, clock, pace)),
                Optional.of(new RecordSeal(subjects, config)));
        indexer = new Indexer(vertx, folder, index, log);
        desk = new AuditDesk(
                vertx,
                folder,
                log,
                index,
                subjects,
                () -> Verifier.by(signer, folder, config).verify(),
                clock);
        retention = new Retention(vertx, folder, config, log, index, signer, clock);
        done(log.start());
    }

    static <T> T done(Future<T> future) {
        try {
            return future.await(20, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    void write(Instant at, int number) {
        for (int i = 0; i < number; i++) {
            done(log.append(new AuditRecord(
                    at, "test", new JsonObject().put("caller", "u1").put("tool", "t" + i))));
        }
    }

    Verification verify() throws IOException {
        return new Verifier(folder, Optional.empty(), Optional.empty()).verify();
    }

    List<Path> files() throws IOException {
        return Segment.in(folder).stream().map(Segment::file).toList();
    }

    @Override
    public void close() {
        done(log.close());
        done(database.close());
        done(vertx.close());
    }
}

package symbolai.mcp.server;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import symbolai.mcp.server.audit.AuditDesk;
import symbolai.mcp.server.audit.AuditExport;
import symbolai.mcp.server.audit.AuditLog;
import symbolai.mcp.server.audit.ComplianceReport;
import symbolai.mcp.server.audit.Indexer;
import symbolai.mcp.server.audit.RefusalRecords;
import symbolai.mcp.server.audit.Retention;
import symbolai.mcp.server.audit.ServerRecords;
import symbolai.mcp.server.audit.SubjectKeys;
import symbolai.mcp.server.audit.Verification;
import symbolai.mcp.server.audit.Verifier;
import symbolai.mcp.server.config.ServerConfig;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.identity.Authenticator;
import symbolai.mcp.server.ops.Version;
import symbolai.mcp.server.store.AuditIndexStore;
import symbolai.mcp.server.store.ClientStore;
import symbolai.mcp.server.store.Database;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.SubjectStore;
import symbolai.mcp.server.store.UserStore;

/** The audit log with all that looks after it. */
final class AuditRooms {

    final AuditLog log;
    final SubjectKeys subjects;
    final RefusalRecords refusals;
    final Indexer indexer;
    final AuditDesk desk;
    final AuditExport export;
    final Retention retention;
    final ComplianceReport report;
    private final ServerRecords records;

    AuditRooms(Vertx vertx, ServerConfig config, Path dataFolder, Database database, MasterKey key, Clock clock) {
        var folder = dataFolder.resolve("audit");
        var signer = key.publicSigner("audit checkpoint");
        var index = new AuditIndexStore(database);
        subjects = new SubjectKeys(new SubjectStore(database), key, clock);
        log = new AuditLog(vertx, folder, config.audit(), signer, subjects, clock);
        refusals = new RefusalRecords(vertx, log, clock);
        indexer = new Indexer(vertx, folder, index, log);
        Callable<Verification> check =
                () -> Verifier.by(signer, folder, config.audit()).verify();
        desk = new AuditDesk(vertx, folder, log, index, subjects, check, clock);
        export = new AuditExport(vertx, folder, log, clock);
        retention = new Retention(vertx, folder, config.audit(), log, index, signer, clock);
        report = new ComplianceReport(
                desk,
                indexer,
                index,
                new UserStore(database),
                new KeyStore(database),
                new ClientStore(database),
                clock);
        records = new ServerRecords(log, Version.current(), config, clock);
    }

    /** Opens the log, and says in it that the server begins. */
    Future<Void> start() {
        indexer.start();
        return log.start()
                .compose(opened -> records.started())
                .onSuccess(recorded -> retention.start(Authenticator.localAdmin()))
                .onSuccess(recorded -> refusals.start());
    }

    /** What an operator must look at. */
    Optional<String> concern() {
        return log.damaged().map(damage -> "the audit log was found damaged; run: symbolai-mcp audit verify");
    }

    /** Says in the log that the server ends, and closes it. */
    Future<Void> close() {
        retention.close();
        return refusals.close()
                .eventually(records::stopped)
                .eventually(log::close)
                .eventually(indexer::close);
    }
}

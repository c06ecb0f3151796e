package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.config.AuditConfig.Durability;
import symbolai.mcp.server.crypto.PublicSigner;

/**
 * The audit log: one thread writes what has come in meanwhile as one batch, syncs the file once, then lets all who wait for the batch go on.
 */
public final class AuditLog {
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final int QUEUE = 8192;
    private static final int BATCH = 1024;
    private static final long SEGMENT_BYTES = 16L << 20;

    private final Vertx vertx;
    private final AuditConfig config;
    private final Segments segments;
    private final Optional<Checkpoints> checkpoints;
    private final Optional<RecordSeal> seal;
    private volatile Runnable listener = () -> {};
    private final BlockingQueue<LogEntry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Promise<Void> closed = Promise.promise();
    private final Thread writer = new Thread(this::work, "audit-writer");
    private volatile Optional<Damage> damaged = Optional.empty();
    private volatile boolean open;
    private volatile boolean writable = true;
    private volatile long acknowledged;

    /** A log without checkpoints. */
    public AuditLog(Vertx vertx, Path folder, AuditConfig config) {
        this(vertx, folder, config, SEGMENT_BYTES, Optional.empty(), Optional.empty());
    }

    /** A log with checkpoints, and with keys for what is sealed. */
    public AuditLog(
            Vertx vertx, Path folder, AuditConfig config, PublicSigner signer, SubjectKeys subjects, Clock clock) {
        this(
                vertx,
                folder,
                config,
                SEGMENT_BYTES,
                Optional.of(new Checkpoints(folder, config.checkpointFolder(), signer, clock, Checkpoints.Pace.USUAL)),
                Optional.of(new RecordSeal(subjects, config)));
    }

    AuditLog(
            Vertx vertx,
            Path folder,
            AuditConfig config,
            long segmentBytes,
            Optional<Checkpoints> checkpoints,
            Optional<RecordSeal> seal) {
        this.vertx = vertx;
        this.config = config;
        this.segments = new Segments(folder, segmentBytes);
        this.checkpoints = checkpoints;
        this.seal = seal;
    }

    /** Is told from now on, on any thread, when there are more records that count; before the start. */
    void onWritten(Runnable told) {
        listener = told;
    }

    /** Finds the end of what was written before, and begins to write. */
    public Future<Void> start() {
        return vertx.executeBlocking(this::begin, false);
    }

    private @Nullable Void begin() throws IOException {
        damaged = new Recovery(segments, checkpoints).run();
        acknowledged = segments.sequence();
        open = true;
        writer.setDaemon(true);
        writer.start();
        listener.run();
        return null;
    }

    /** The number of the last record that counts; what lies behind it in the files may be cut off again. */
    long acknowledged() {
        return acknowledged;
    }

    /** What was found to be damaged at the start. */
    public Optional<Damage> damaged() {
        return damaged;
    }

    /**
     * Writes the record. When the future has succeeded, the disk has the record, or with queued durability the queue has it. When it has
     * failed, what was to be recorded must not happen.
     */
    public Future<Void> append(AuditRecord record) {
        return seal.filter(able -> !able.sealsNothing())
                .map(able -> able.sealed(record).compose(this::write))
                .orElseGet(() -> write(record));
    }

    private Future<Void> write(AuditRecord record) {
        var written = enqueue(record.text());
        boolean wait = config.durability() == Durability.DURABLE || !writable || written.failed();
        return wait ? written : Future.succeededFuture();
    }

    private synchronized Future<Void> enqueue(String text) {
        if (!open) {
            return Future.failedFuture(new AuditUnavailable("the audit log is closed"));
        }
        var entry = new LogEntry(text, vertx.getOrCreateContext(), Promise.promise());
        if (!queue.offer(entry)) {
            return Future.failedFuture(new AuditUnavailable("the audit log's queue is full"));
        }
        return entry.written().future();
    }

    /** Writes what is queued, then ends. */
    public synchronized Future<Void> close() {
        if (!open) {
            return Future.succeededFuture();
        }
        open = false;
        wake();
        return closed.future();
    }

    /** An entry without text; when the queue has no room for it, the writer is awake anyway. */
    private void wake() {
        var nothing = new LogEntry("", vertx.getOrCreateContext(), Promise.promise());
        if (!queue.offer(nothing)) {
            LOG.atDebug().log("audit log closes with a full queue");
        }
    }

    private void work() {
        var batch = new ArrayList<LogEntry>(BATCH);
        while (open || !queue.isEmpty()) {
            try {
                take(batch);
                write(batch);
            } catch (RuntimeException | Error failure) {
                queue.drainTo(batch);
                fail(batch, failure);
            }
            batch.clear();
        }
        end();
    }

    private void write(List<LogEntry> batch) {
        if (batch.isEmpty()) {
            aside(() -> checkpoints.ifPresent(Checkpoints::check));
        } else if (store(batch)) {
            aside(() -> checkpoints.ifPresent(signed -> signed.written(segments.sequence(), segments.hash())));
            aside(listener);
        }
    }

    /** What goes with the log, and must not end it. */
    private static void aside(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            LOG.atError().setCause(failure).log("something beside the audit log failed, the log goes on");
        }
    }

    private void take(List<LogEntry> batch) {
        try {
            next().ifPresent(batch::add);
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
        queue.drainTo(batch, BATCH - 1);
        batch.removeIf(entry -> entry.text().isEmpty());
    }

    /** Nothing, when a checkpoint is due first. */
    private Optional<LogEntry> next() throws InterruptedException {
        var due = checkpoints.flatMap(Checkpoints::due);
        return due.isPresent()
                ? Optional.ofNullable(queue.poll(due.get().toMillis(), TimeUnit.MILLISECONDS))
                : Optional.of(queue.take());
    }

    private void end() {
        aside(() -> checkpoints.ifPresent(Checkpoints::sign));
        try {
            segments.close();
            closed.complete();
        } catch (IOException | RuntimeException | Error failure) {
            closed.fail(failure);
        }
    }

    /** Whatever goes wrong, those who wait are told; true when the records count. */
    private boolean store(List<LogEntry> batch) {
        try {
            segments.append(batch.stream().map(LogEntry::text).toList());
            if (!writable) {
                LOG.atInfo().log("audit log writable again");
            }
            writable = true;
            acknowledged = segments.sequence();
        } catch (IOException | RuntimeException | Error failure) {
            fail(batch, failure);
            return false;
        }
        LogEntry.tell(batch, null);
        return true;
    }

    private void fail(List<LogEntry> batch, Throwable failure) {
        if (writable) {
            LOG.atError().setCause(failure).log("audit log not writable, calls are refused");
        }
        writable = false;
        LogEntry.tell(batch, new AuditUnavailable("the audit log is not writable", failure));
    }
}

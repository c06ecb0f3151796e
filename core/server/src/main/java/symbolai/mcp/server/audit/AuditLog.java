package symbolai.mcp.server.audit;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.IdentityHashMap;
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

    /** A record on its way, and who waits for it. */
    private record Entry(String text, Context context, Promise<Void> written) {}

    private final Vertx vertx;
    private final AuditConfig config;
    private final Segments segments;
    private final Optional<Checkpoints> checkpoints;
    private final Optional<RecordSeal> seal;
    private volatile Runnable listener = () -> {};
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Promise<Void> closed = Promise.promise();
    private final Thread writer = new Thread(this::work, "audit-writer");
    private volatile Optional<Damage> damaged = Optional.empty();
    private volatile boolean open;
    private volatile boolean writable = true;

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

    /** Is told from now on, on any thread, when there is more in the files; before the start. */
    void onWritten(Runnable told) {
        listener = told;
    }

    /** Finds the end of what was written before, and begins to write. */
    public Future<Void> start() {
        return vertx.executeBlocking(this::begin, false);
    }

    private @Nullable Void begin() throws IOException {
        damaged = new Recovery(segments, checkpoints).run();
        open = true;
        writer.setDaemon(true);
        writer.start();
        return null;
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
        var entry = new Entry(text, vertx.getOrCreateContext(), Promise.promise());
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
        var nothing = new Entry("", vertx.getOrCreateContext(), Promise.promise());
        if (!queue.offer(nothing)) {
            LOG.atDebug().log("audit log closes with a full queue");
        }
    }

    private void work() {
        var batch = new ArrayList<Entry>(BATCH);
        while (open || !queue.isEmpty()) {
            take(batch);
            if (batch.isEmpty()) {
                checkpoints.ifPresent(Checkpoints::check);
            } else {
                store(batch);
                batch.clear();
                checkpoints.ifPresent(signed -> signed.written(segments.sequence(), segments.hash()));
                listener.run();
            }
        }
        end();
    }

    private void take(List<Entry> batch) {
        try {
            next().ifPresent(batch::add);
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
        queue.drainTo(batch, BATCH - 1);
        batch.removeIf(entry -> entry.text().isEmpty());
    }

    /** Nothing, when a checkpoint is due first. */
    private Optional<Entry> next() throws InterruptedException {
        var due = checkpoints.flatMap(Checkpoints::due);
        return due.isPresent()
                ? Optional.ofNullable(queue.poll(due.get().toMillis(), TimeUnit.MILLISECONDS))
                : Optional.of(queue.take());
    }

    private void end() {
        checkpoints.ifPresent(Checkpoints::sign);
        try {
            segments.close();
            closed.complete();
        } catch (IOException failure) {
            closed.fail(failure);
        }
    }

    /** Whatever goes wrong, those who wait are told, and the thread goes on. */
    private void store(List<Entry> batch) {
        try {
            segments.append(batch.stream().map(Entry::text).toList());
            if (!writable) {
                LOG.atInfo().log("audit log writable again");
            }
            writable = true;
            tell(batch, null);
        } catch (IOException | RuntimeException | Error failure) {
            if (writable) {
                LOG.atError().setCause(failure).log("audit log not writable, calls are refused");
            }
            writable = false;
            tell(batch, new AuditUnavailable("the audit log is not writable", failure));
        }
    }

    /** Lets those who wait go on, each on its own context. */
    private static void tell(List<Entry> batch, @Nullable AuditUnavailable failure) {
        var waiting = new IdentityHashMap<Context, List<Promise<Void>>>();
        batch.forEach(entry -> waiting.computeIfAbsent(entry.context(), context -> new ArrayList<>())
                .add(entry.written()));
        waiting.forEach((context, promises) ->
                context.runOnContext(on -> promises.forEach(promise -> promise.complete(null, failure))));
    }
}

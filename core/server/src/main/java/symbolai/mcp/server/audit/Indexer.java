package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.store.AuditIndexRow;
import symbolai.mcp.server.store.AuditIndexStore;

/** Follows the audit log and keeps its index. Nothing waits for it, and nothing fails with it: it goes on where it stopped. */
public final class Indexer {
    private static final Logger LOG = LoggerFactory.getLogger(Indexer.class);
    private static final int BATCH = 500;
    private static final long SOON = 200;
    private static final long LATER = 5_000;

    private final Vertx vertx;
    private final Path folder;
    private final AuditIndexStore store;
    private final AuditLog log;
    private boolean open;
    private boolean working;
    private boolean more;
    private Future<Void> current = Future.succeededFuture();

    /** What was read at once, and where the reading goes on. */
    private record Batch(List<AuditIndexRow> rows, Optional<Place> next) {}

    /** A place in the log. */
    private record Place(String file, long offset) {}

    public Indexer(Vertx vertx, Path folder, AuditIndexStore store, AuditLog log) {
        this.vertx = vertx;
        this.folder = folder;
        this.store = store;
        this.log = log;
    }

    /** Begins to follow the log; before the log is started. */
    public void start() {
        open();
        log.onWritten(this::poke);
    }

    private synchronized void open() {
        open = true;
    }

    /** Stops when what is under way is done. */
    public synchronized Future<Void> close() {
        open = false;
        return current;
    }

    /** Makes the index anew; succeeds when it holds what the log had by then. */
    Future<Void> rebuild() {
        return afterOthers(() -> store.clear().compose(cleared -> catchUp()));
    }

    /** Succeeds when the index holds what the log has now. */
    Future<Void> caughtUp() {
        return afterOthers(this::catchUp);
    }

    /** Does one thing after the other: a reader who goes on while the index is cleared would leave out its beginning. */
    private synchronized Future<Void> afterOthers(Supplier<Future<Void>> work) {
        current = current.otherwiseEmpty().compose(done -> work.get());
        return current;
    }

    private Future<Void> catchUp() {
        return store.last().compose(last -> last.isPresent() ? goOn(last.get()) : goOn(Optional.empty()));
    }

    /** Goes on behind a row, unless the log that it was made of is another one now. */
    private Future<Void> goOn(AuditIndexRow last) {
        return vertx.executeBlocking(() -> isGone(last), false)
                .compose(gone -> gone ? anew(last) : goOn(Optional.of(new Place(last.file(), last.place()))));
    }

    private boolean isGone(AuditIndexRow row) {
        return row.seq() > log.acknowledged() || Files.notExists(folder.resolve(row.file()));
    }

    private Future<Void> anew(AuditIndexRow last) {
        var damage = new Damage(
                last.seq(),
                last.file(),
                0,
                Damage.Kind.TRUNCATED,
                "the index knows this record, and the log does not have it any more");
        LOG.atError().addKeyValue("record", last.seq()).log("audit log has lost records, its index is made anew");
        return log.append(new AuditRecord(Instant.now(), "audit.damaged", damage.json()))
                .otherwiseEmpty()
                .compose(recorded -> store.clear())
                .compose(cleared -> goOn(Optional.empty()));
    }

    private synchronized void poke() {
        more = true;
        if (open && !working) {
            working = true;
            vertx.setTimer(SOON, id -> work());
        }
    }

    private synchronized void work() {
        if (!open) {
            return;
        }
        more = false;
        caughtUp().onFailure(Indexer::late).onComplete(done -> rest(done.succeeded() ? SOON : LATER));
    }

    private synchronized void rest(long pause) {
        working = open && (more || pause == LATER);
        if (working) {
            vertx.setTimer(pause, id -> work());
        }
    }

    private static void late(Throwable failure) {
        LOG.atWarn().setCause(failure).log("audit index is behind, trying again");
    }

    private Future<Void> goOn(Optional<Place> from) {
        return vertx.executeBlocking(() -> read(from), false)
                .compose(batch -> (batch.rows().isEmpty() ? Future.<Void>succeededFuture() : store.add(batch.rows()))
                        .compose(added -> batch.next()
                                .map(next -> goOn(Optional.of(next)))
                                .orElseGet(Future::succeededFuture)));
    }

    /** The records from a place on, which is that of a record that is known already, or of none. */
    private Batch read(Optional<Place> from) throws IOException {
        if (!Files.isDirectory(folder)) {
            return new Batch(List.of(), Optional.empty());
        }
        long end = log.acknowledged();
        long first = from.flatMap(place -> Segment.of(folder.resolve(place.file())))
                .map(Segment::number)
                .orElse(0L);
        var rows = new ArrayList<AuditIndexRow>();
        var stopped = Optional.<Place>empty();
        for (var segment : Segment.in(folder)) {
            if (segment.number() >= first && stopped.isEmpty()) {
                var begin = from.filter(place -> place.file().equals(segment.name()));
                stopped = read(segment, begin.map(Place::offset).orElse(0L), rows);
            }
        }
        boolean isAhead = rows.removeIf(row -> row.seq() > end);
        return new Batch(rows, isAhead ? Optional.empty() : stopped);
    }

    /** Where it stopped, when there were enough. */
    private static Optional<Place> read(Segment segment, long offset, List<AuditIndexRow> rows) throws IOException {
        try (var reader = new SegmentReader(segment.file(), offset)) {
            for (var line = reader.next(); line.isPresent() && line.get().whole(); line = reader.next()) {
                if (rows.size() >= BATCH) {
                    return Optional.of(new Place(segment.name(), line.get().offset()));
                }
                IndexedLine.of(line.get().text(), segment.name(), line.get().offset())
                        .ifPresent(rows::add);
            }
        }
        return Optional.empty();
    }
}

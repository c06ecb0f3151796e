package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.config.AuditConfig;
import symbolai.mcp.server.crypto.PublicSigner;
import symbolai.mcp.server.store.AuditIndexStore;

/**
 * Removes segments that are old enough, whole and from the oldest on. A signed tombstone stays in place of each, so that the chain can still be
 * checked.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final Vertx vertx;
    private final Path folder;
    private final AuditConfig config;
    private final AuditLog log;
    private final AuditIndexStore index;
    private final PublicSigner signer;
    private final Clock clock;
    private volatile long timer = -1;

    /** A segment that may go. */
    private record Old(Path file, String name, long first, long last, String hash) {
        JsonObject json() {
            return new JsonObject()
                    .put("segment", name)
                    .put("first", first)
                    .put("last", last)
                    .put("hash", hash);
        }
    }

    public Retention(
            Vertx vertx,
            Path folder,
            AuditConfig config,
            AuditLog log,
            AuditIndexStore index,
            PublicSigner signer,
            Clock clock) {
        this.vertx = vertx;
        this.folder = folder;
        this.config = config;
        this.log = log;
        this.index = index;
        this.signer = signer;
        this.clock = clock;
    }

    /** Looks once a day for what may go, when that is wanted. */
    public void start(Caller server) {
        if (config.retentionDays() > 0) {
            timer = vertx.setPeriodic(DAY / 24, DAY, id -> daily(server));
        }
    }

    private void daily(Caller server) {
        retain(server, config.retentionDays())
                .onFailure(failure -> LOG.atWarn().setCause(failure).log("old audit records not removed"));
    }

    /** Looks no more. */
    public void close() {
        vertx.cancelTimer(timer);
    }

    /** Removes what is older than the days; tells how many segments. With 0 days nothing is ever old. */
    public Future<Integer> retain(Caller caller, int days) {
        return days <= 0
                ? Future.succeededFuture(0)
                : vertx.executeBlocking(() -> old(clock.instant().minus(Duration.ofDays(days))), false)
                        .compose(found ->
                                asked(caller, days, found.size()).compose(recorded -> remove(caller, found, 0)));
    }

    /** That it was asked for is in the log even when nothing is old enough. */
    private Future<Void> asked(Caller caller, int days, int segments) {
        var fields = AuditDesk.who(caller).put("days", days).put("segments", segments);
        return log.append(new AuditRecord(clock.instant(), "audit.retained", fields));
    }

    private Future<Integer> remove(Caller caller, List<Old> found, int done) {
        if (done == found.size()) {
            return Future.succeededFuture(done);
        }
        var old = found.get(done);
        var record = AuditDesk.who(caller).mergeIn(old.json());
        record.put("lastHash", record.remove("hash"));
        return log.append(new AuditRecord(clock.instant(), "audit.retained", record))
                .compose(recorded -> vertx.executeBlocking(() -> remove(old), false))
                .compose(removed -> index.remove(old.name()))
                .compose(forgotten -> remove(caller, found, done + 1));
    }

    private @Nullable Void remove(Old old) throws IOException {
        var facts = old.json().put("at", clock.instant().toString());
        var places = new ArrayList<>(List.of(folder));
        config.checkpointFolder().ifPresent(places::add);
        for (var place : places) {
            SignedFile.tombstones(place).append(facts, signer);
        }
        Files.delete(old.file());
        Disk.syncFolder(folder);
        return null;
    }

    /** The oldest segments, as far as all their records are older; never the last, and none that is damaged or behind one. */
    private List<Old> old(Instant before) throws IOException {
        var segments = Segment.in(folder);
        var found = new ArrayList<Old>();
        for (var segment : segments.subList(0, Math.max(0, segments.size() - 1))) {
            var old = old(segment, before);
            if (old.isEmpty()) {
                break;
            }
            found.add(old.get());
        }
        return found;
    }

    private static Optional<Old> old(Segment segment, Instant before) throws IOException {
        var state = ChainState.unknown();
        var sha256 = new LinkHash();
        long first = 0;
        var last = Instant.MAX;
        try (var reader = new SegmentReader(segment.file())) {
            for (var line = reader.next(); line.isPresent(); line = reader.next()) {
                var step = state.step(line.get().text(), sha256);
                if (step.finding().isPresent() || !line.get().whole()) {
                    LOG.atWarn().addKeyValue("file", segment.name()).log("damaged audit segment is kept");
                    return Optional.empty();
                }
                state = step.state();
                first = first == 0 ? state.sequence() : first;
                last = ChainLine.parse(line.get().text()).flatMap(ChainLine::at).orElse(Instant.MAX);
            }
        }
        return first > 0 && last.isBefore(before)
                ? Optional.of(new Old(segment.file(), segment.name(), first, state.sequence(), state.hash()))
                : Optional.empty();
    }
}

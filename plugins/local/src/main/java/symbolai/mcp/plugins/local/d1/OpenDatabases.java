package symbolai.mcp.plugins.local.d1;

import io.vertx.core.Future;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import symbolai.mcp.api.FamilyContext;
import symbolai.mcp.api.Sqlite;
import symbolai.mcp.api.SqliteLimits;

/** Keeps the databases open that were used last, each once for reading and once for writing. */
final class OpenDatabases {

    private static final int MOST_IDLE = 32;

    private final FamilyContext context;
    private final DatabaseFiles files;
    private final Map<Key, Slot> slots = new LinkedHashMap<>(16, 0.75f, true);
    private final Set<String> gone = new HashSet<>();

    OpenDatabases(FamilyContext context, DatabaseFiles files) {
        this.context = context;
        this.files = files;
    }

    /** Lets the database be used; it is not closed before the future that the use gives has completed. */
    <T> Future<T> use(String uuid, Sqlite.Mode mode, Function<Sqlite, Future<T>> use) {
        return enter(new Key(uuid, mode))
                .map(slot -> slot.opened().compose(use).onComplete(done -> leave(slot)))
                .orElseGet(() -> Future.failedFuture(Catalog.missing(uuid)));
    }

    /** Like {@link #use}, with a connection of its own, so that what a PRAGMA sets reaches nobody else. */
    <T> Future<T> useAlone(String uuid, Sqlite.Mode mode, SqliteLimits limits, Function<Sqlite, Future<T>> use) {
        return isGone(uuid)
                ? Future.failedFuture(Catalog.missing(uuid))
                : context.sqlite(files.file(uuid), mode, limits)
                        .compose(sqlite -> use.apply(sqlite).eventually(sqlite::close));
    }

    /** Closes the database for good: what waits is refused, and nobody can open it again. */
    Future<Void> close(String uuid) {
        return Future.join(retire(uuid, Sqlite.Mode.READ_ONLY), retire(uuid, Sqlite.Mode.READ_WRITE))
                .mapEmpty();
    }

    private synchronized boolean isGone(String uuid) {
        return gone.contains(uuid);
    }

    private synchronized Optional<Slot> enter(Key key) {
        if (isGone(key.uuid())) {
            return Optional.empty();
        }
        var slot = slots.computeIfAbsent(key, this::open);
        slot.users++;
        return Optional.of(slot);
    }

    private Slot open(Key key) {
        return new Slot(key, context.sqlite(files.file(key.uuid()), key.mode(), D1Limits.SQLITE));
    }

    private synchronized void leave(Slot slot) {
        slot.users--;
        if (slot.opened().failed()) {
            slots.remove(slot.key(), slot);
        }
        if (slots.size() > MOST_IDLE) {
            slots.values().stream().filter(Slot::isIdle).findFirst().ifPresent(this::drop);
        }
    }

    private void drop(Slot slot) {
        slots.remove(slot.key());
        slot.close();
    }

    private synchronized Future<Void> retire(String uuid, Sqlite.Mode mode) {
        gone.add(uuid);
        return Optional.ofNullable(slots.remove(new Key(uuid, mode)))
                .map(Slot::close)
                .orElseGet(Future::succeededFuture);
    }

    private record Key(String uuid, Sqlite.Mode mode) {}

    /** One open database, and how many use it. */
    private static final class Slot {

        private final Key key;
        private final Future<Sqlite> opened;
        private int users;

        Slot(Key key, Future<Sqlite> opened) {
            this.key = key;
            this.opened = opened;
        }

        Key key() {
            return key;
        }

        Future<Sqlite> opened() {
            return opened;
        }

        boolean isIdle() {
            return users == 0;
        }

        Future<Void> close() {
            return opened.compose(Sqlite::close).otherwiseEmpty();
        }
    }
}

package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.server.store.ConnectionRow;
import symbolai.mcp.server.store.ConnectionStore;

/** The active connection of each user, with its credentials encrypted, so that a call need not ask the store. Safe for any thread. */
final class ActiveConnections {

    /** What was read, and when it was asked for: an answer never replaces that of a later question. */
    private record Read(long ticket, Optional<ConnectionRow> row) {}

    private final ConnectionStore store;
    private final AtomicLong tickets = new AtomicLong();
    private final Map<String, Read> owners = new ConcurrentHashMap<>();

    ActiveConnections(ConnectionStore store) {
        this.store = store;
    }

    Optional<ConnectionRow> of(String owner) {
        return Optional.ofNullable(owners.get(owner)).flatMap(Read::row);
    }

    /** Reads those of all users. */
    Future<Void> load() {
        var ticket = tickets.incrementAndGet();
        return store.active()
                .map(rows -> rows.stream().collect(Collectors.toMap(ConnectionRow::owner, Function.identity())))
                .onSuccess(rows -> put(ticket, rows))
                .mapEmpty();
    }

    /** Reads that of one user. */
    Future<Void> refresh(String owner) {
        var ticket = tickets.incrementAndGet();
        return store.list(owner)
                .map(rows -> rows.stream().filter(ConnectionRow::active).findFirst())
                .onSuccess(row -> put(ticket, owner, row))
                .mapEmpty();
    }

    /** Lets go of a connection that is gone from the store, whether or not the store can be read next. */
    void forget(String owner, String row) {
        var ticket = tickets.incrementAndGet();
        if (of(owner).map(ConnectionRow::id).filter(row::equals).isPresent()) {
            put(ticket, owner, Optional.empty());
        }
    }

    private void put(long ticket, Map<String, ConnectionRow> rows) {
        var all = new TreeSet<>(owners.keySet());
        all.addAll(rows.keySet());
        all.forEach(owner -> put(ticket, owner, Optional.ofNullable(rows.get(owner))));
    }

    private void put(long ticket, String owner, Optional<ConnectionRow> row) {
        var read = new Read(ticket, row);
        owners.merge(owner, read, (former, latter) -> former.ticket() > latter.ticket() ? former : latter);
    }
}

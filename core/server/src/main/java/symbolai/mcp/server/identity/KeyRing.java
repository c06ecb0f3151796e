package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import symbolai.mcp.server.store.KeyRow;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** All keys and their users in memory, so that a request is authenticated without the store and an unknown key costs nothing. */
public final class KeyRing {

    private final UserStore users;
    private final KeyStore keys;
    private final Endings endings;
    private final AtomicLong refreshes = new AtomicLong();
    private final AtomicLong lastFailed = new AtomicLong();
    private volatile Snapshot current = new Snapshot(0, Map.of(), Map.of());

    public KeyRing(UserStore users, KeyStore keys, Revocations revocations) {
        this.users = users;
        this.keys = keys;
        this.endings = new Endings(revocations);
    }

    /** Reads everything again. After each change, before the change is reported as done. */
    public Future<Void> refresh() {
        var number = refreshes.incrementAndGet();
        return Future.all(users.list(), keys.list())
                .map(both -> snapshot(number, both.resultAt(0), both.resultAt(1)))
                .onSuccess(this::install)
                .onFailure(failure -> lastFailed.accumulateAndGet(number, Math::max))
                .mapEmpty();
    }

    /** Whether the last reading failed, so that what was revoked may still be accepted. */
    boolean isStale() {
        return lastFailed.get() > current.number();
    }

    /** The failure, once everything is read again: it may be that the same change was made before, and not seen. */
    <T> Future<T> refreshThenFail(Throwable failure) {
        return refresh().compose(seen -> Future.failedFuture(failure));
    }

    /** Ends what is open with keys that have expired since the last time. */
    void expire(long since, long now) {
        endings.expired(current, since, now);
    }

    Optional<Holder> find(String keyId) {
        return Optional.ofNullable(current.holders().get(keyId));
    }

    public Optional<User> user(String id) {
        return Optional.ofNullable(current.users().get(id));
    }

    private static Snapshot snapshot(long number, List<UserRow> users, List<KeyRow> keys) {
        var byId = users.stream().map(User::of).collect(Collectors.toUnmodifiableMap(User::id, Function.identity()));
        var holders = keys.stream()
                .flatMap(key -> holder(key, Optional.ofNullable(byId.get(key.userId()))).stream())
                .collect(Collectors.toUnmodifiableMap(holder -> holder.key().id(), Function.identity()));
        return new Snapshot(number, byId, holders);
    }

    private static Optional<Holder> holder(KeyRow key, Optional<User> user) {
        return user.map(known -> new Holder(key, known));
    }

    /** A refresh that was begun later has seen at least as much. */
    private synchronized void install(Snapshot read) {
        if (read.number() > current.number()) {
            var before = current;
            current = read;
            endings.between(before, read);
        }
    }

    /** A key with its user. */
    record Holder(KeyRow key, User user) {}

    /** What was read once. */
    record Snapshot(long number, Map<String, User> users, Map<String, Holder> holders) {}
}

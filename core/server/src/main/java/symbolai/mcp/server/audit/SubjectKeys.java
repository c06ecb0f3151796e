package symbolai.mcp.server.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.store.SubjectStore;

/**
 * Seals what the audit log says about one person with a key of that person. When the key is destroyed, nobody can read it any more, and the
 * chain stays as it is.
 */
public final class SubjectKeys {
    private static final int KNOWN = 1_000;

    private final SubjectStore store;
    private final MasterKey master;
    private final Sealer sealer;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Sealer> known = new LinkedHashMap<>(16, 0.75f, true);
    private long forgettings;

    public SubjectKeys(SubjectStore store, MasterKey master, Clock clock) {
        this.store = store;
        this.master = master;
        this.sealer = master.sealer("audit subject");
        this.clock = clock;
    }

    /** Seals a value with the key of the subject, which is made when there is none. */
    Future<String> seal(String subject, JsonObject value) {
        return key(subject).map(key -> key.seal(value.encode().getBytes(StandardCharsets.UTF_8), subject));
    }

    private Future<Sealer> key(String subject) {
        long asked = forgettings();
        var cached = cached(subject);
        return cached.isPresent()
                ? Future.succeededFuture(cached.get())
                : store.get(fresh(subject), clock.millis())
                        .map(row -> opened(row).orElseThrow(() -> unreadable(subject)))
                        .onSuccess(key -> remember(subject, key, asked));
    }

    private static IllegalStateException unreadable(String subject) {
        return new IllegalStateException("the key of the audit subject " + subject + " does not open");
    }

    private synchronized Optional<Sealer> cached(String subject) {
        return Optional.ofNullable(known.get(subject));
    }

    private synchronized long forgettings() {
        return forgettings;
    }

    /** A key that was asked for before somebody was forgotten may be one of those that are gone. */
    private synchronized void remember(String subject, Sealer key, long asked) {
        if (asked != forgettings) {
            return;
        }
        known.put(subject, key);
        if (known.size() > KNOWN) {
            known.remove(known.keySet().iterator().next());
        }
    }

    private synchronized void unlearn(String subject) {
        forgettings++;
        known.remove(subject);
    }

    private SubjectStore.Row fresh(String subject) {
        var key = new byte[MasterKey.LENGTH];
        random.nextBytes(key);
        return new SubjectStore.Row(subject, sealer.seal(key, subject));
    }

    private Optional<Sealer> opened(SubjectStore.Row row) {
        return sealer.open(row.sealed(), row.subject())
                .map(key -> MasterKey.of(key).sealer("audit record"));
    }

    /** What was sealed; empty when the subject was forgotten since. */
    Future<Optional<JsonObject>> open(String subject, String sealed) {
        return store.find(subject)
                .map(row -> row.flatMap(this::opened)
                        .flatMap(key -> key.open(sealed, subject))
                        .map(plain -> new JsonObject(new String(plain, StandardCharsets.UTF_8))));
    }

    /** Destroys the key of the subject; false when there is none. */
    Future<Boolean> forget(String subject) {
        unlearn(subject);
        return store.remove(subject).onComplete(removed -> unlearn(subject));
    }

    /** Seals the keys with the newest master key; tells how many. */
    public Future<Integer> reseal() {
        return store.list().compose(rows -> {
            var stale = rows.stream()
                    .filter(row -> !row.sealed().startsWith(master.newest()))
                    .map(this::reseal)
                    .toList();
            return Future.all(stale).map(stale.size());
        });
    }

    private Future<Integer> reseal(SubjectStore.Row row) {
        return sealer.open(row.sealed(), row.subject())
                .map(key -> store.replace(row, sealer.seal(key, row.subject())))
                .orElseGet(() -> Future.succeededFuture(0));
    }
}

package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.store.KeyRow;
import symbolai.mcp.server.store.KeyStore;
import symbolai.mcp.server.store.UserRow;

/** The API keys and the rules about them. Each change is in the audit log, with who made it, before it is made. */
public final class ApiKeys {

    private final Users users;
    private final KeyStore store;
    private final KeyRing keys;
    private final LastUse lastUse;
    private final Changes changes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public ApiKeys(Users users, KeyStore store, KeyRing keys, LastUse lastUse, Changes changes, Clock clock) {
        this.users = users;
        this.store = store;
        this.keys = keys;
        this.lastUse = lastUse;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * Makes a key with which its holder acts as the user.
     *
     * @param label for people
     * @param expires how long it is good for; without end when empty
     * @param tools the globs of tool names that it is limited to; no limit when empty
     */
    public Future<NewKey> create(Caller by, String user, String label, Optional<Duration> expires, List<String> tools) {
        return create(by, new KeyRequest(user, label, expires, tools, false, List.of()));
    }

    /** Makes the key that is asked for. */
    public Future<NewKey> create(Caller by, KeyRequest request) {
        var key = ApiKey.random(random);
        return KeyRules.check(request)
                .compose(valid -> users.find(request.user()))
                .compose(owner -> within(by, row(key, owner, request)).compose(row -> add(by, owner, row)))
                .map(new NewKey(key.id(), key.text()));
    }

    /** What a key makes must not be worth more than the key: whoever has stolen it would keep it longer. */
    private Future<KeyRow> within(Caller by, KeyRow made) {
        return by.keyId()
                .flatMap(keys::find)
                .map(maker -> KeyRules.checkWithin(maker.key(), made).map(made))
                .orElseGet(() -> Future.succeededFuture(made));
    }

    private Future<Void> add(Caller by, UserRow owner, KeyRow row) {
        var facts = new JsonObject()
                .put("target", row.id())
                .put("user", owner.id())
                .put("userName", owner.name())
                .put("label", row.label())
                .put("tools", new JsonArray(row.tools()))
                .put("addresses", new JsonArray(row.addresses()))
                .put("agent", row.agent())
                .put(
                        "expires",
                        row.expires() == 0
                                ? "never"
                                : Instant.ofEpochMilli(row.expires()).toString());
        return changes.make("key.created", by, facts, () -> store.add(row).compose(added -> keys.refresh()));
    }

    /** All keys, oldest first, the revoked ones too. */
    public Future<List<KeyInfo>> list() {
        return lastUse.flush()
                .compose(flushed -> Future.all(users.list(), store.list()))
                .map(both -> infos(both.resultAt(0), both.resultAt(1)));
    }

    /** Revokes a key: it is refused as soon as the future succeeds. */
    public Future<Void> revoke(Caller by, String id) {
        return changes.make("key.revoked", by, new JsonObject().put("target", cut(id)), () -> revoke(id));
    }

    private static String cut(String id) {
        return id.length() <= 100 ? id : id.substring(0, 100) + "…";
    }

    private Future<Void> revoke(String id) {
        return store.revoke(id, clock.millis())
                .compose(revoked -> revoked
                        ? keys.refresh()
                        : keys.refreshThenFail(new ToolException(
                                Reason.NOT_FOUND,
                                "There is no key " + Quoted.text(id)
                                        + " that could be revoked; key list shows them.")));
    }

    private KeyRow row(ApiKey key, UserRow owner, KeyRequest request) {
        var now = clock.instant();
        var end = request.life().map(now::plus).map(Instant::toEpochMilli).orElse(0L);
        return new KeyRow(
                key.id(),
                owner.id(),
                request.label(),
                key.hash(),
                request.tools(),
                now.toEpochMilli(),
                end,
                0,
                0,
                request.agent(),
                request.addresses());
    }

    private static List<KeyInfo> infos(List<User> users, List<KeyRow> keys) {
        var names = users.stream().collect(Collectors.toMap(User::id, User::name));
        return keys.stream()
                .map(key -> info(key, names.getOrDefault(key.userId(), "")))
                .toList();
    }

    private static KeyInfo info(KeyRow key, String user) {
        return new KeyInfo(
                key.id(),
                user,
                key.label(),
                key.tools(),
                Instant.ofEpochMilli(key.created()),
                moment(key.expires()),
                moment(key.used()),
                moment(key.revoked()),
                key.agent(),
                key.addresses());
    }

    private static Optional<Instant> moment(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}

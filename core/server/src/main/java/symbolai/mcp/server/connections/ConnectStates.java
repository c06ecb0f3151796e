package symbolai.mcp.server.connections;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.connections.StateRefused.Why;
import symbolai.mcp.server.crypto.MasterKey;
import symbolai.mcp.server.crypto.Sealer;
import symbolai.mcp.server.store.UsedStateStore;

/** The states of connection flows: sealed, for one user, good once and not for long. Nothing is kept before one is used. */
public final class ConnectStates {

    /** How long a state is good. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private final Sealer sealer;
    private final UsedStateStore used;
    private final Clock clock;

    public ConnectStates(MasterKey key, UsedStateStore used, Clock clock) {
        this.sealer = key.sealer("connect-state");
        this.used = used;
        this.clock = clock;
    }

    /** A new state. */
    public String issue(Caller caller, String connector, String name) {
        var plain = new JsonObject()
                .put("nonce", UUID.randomUUID().toString())
                .put("expires", clock.instant().plus(LIFE).toEpochMilli())
                .put("connector", connector)
                .put("name", name);
        return sealer.seal(plain.toBuffer().getBytes(), belongsTo(caller));
    }

    /** Uses a state up; fails with {@link StateRefused}. */
    public Future<ConnectRequest> redeem(Caller caller, String state) {
        return sealer.open(state, belongsTo(caller))
                .map(plain -> redeem(new JsonObject(Buffer.buffer(plain))))
                .orElseGet(() -> refused(Why.INVALID));
    }

    private Future<ConnectRequest> redeem(JsonObject plain) {
        var now = clock.instant();
        var expires = Instant.ofEpochMilli(plain.getLong("expires"));
        if (!now.isBefore(expires)) {
            return refused(Why.EXPIRED);
        }
        return used.use(plain.getString("nonce"), expires, now)
                .compose(first -> first
                        ? Future.succeededFuture(
                                new ConnectRequest(plain.getString("connector"), plain.getString("name")))
                        : refused(Why.USED));
    }

    private static String belongsTo(Caller caller) {
        return new JsonArray().add("connect-state").add(caller.id()).encode();
    }

    private static <T> Future<T> refused(Why why) {
        return Future.failedFuture(new StateRefused(why));
    }
}

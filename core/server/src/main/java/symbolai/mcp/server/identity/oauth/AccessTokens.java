package symbolai.mcp.server.identity.oauth;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.server.identity.AccessTokenLookup;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.KeyRing;
import symbolai.mcp.server.store.GrantStore;
import symbolai.mcp.server.store.HeldToken;

/**
 * Tells who shows an access token. What the store said is believed for some seconds, but for a user's role and for what this node has revoked,
 * which count at once.
 */
public final class AccessTokens implements AccessTokenLookup {

    private static final long KEPT_MILLIS = Duration.ofSeconds(5).toMillis();
    private static final int MOST_KEPT = 10_000;

    private final GrantStore store;
    private final KeyRing users;
    private final Clock clock;
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private long forgotten;

    public AccessTokens(GrantStore store, KeyRing users, Clock clock) {
        this.store = store;
        this.users = users;
        this.clock = clock;
    }

    private record Kept(HeldToken token, long until) {}

    @Override
    public Future<Authentication> authenticate(String token, String origin, String address) {
        var parsed = OpaqueToken.parse(OpaqueToken.Kind.ACCESS, token);
        return parsed.isEmpty()
                ? Future.succeededFuture(new Authentication.Refused("the access token is malformed"))
                : find(parsed.get().hash())
                        .map(found -> found.map(held -> admit(held, origin, address))
                                .orElseGet(() -> new Authentication.Refused("the access token is unknown")));
    }

    /** Forgets what is kept of all tokens: one of them was revoked. */
    synchronized void forget() {
        kept.clear();
        forgotten++;
    }

    private Future<Optional<HeldToken>> find(String hash) {
        var known = kept(hash);
        if (known.isPresent()) {
            return Future.succeededFuture(known);
        }
        var asked = asked();
        return store.find(hash).onSuccess(found -> found.ifPresent(held -> keep(hash, held, asked)));
    }

    private synchronized Optional<HeldToken> kept(String hash) {
        return Optional.ofNullable(kept.get(hash))
                .filter(entry -> clock.millis() < entry.until())
                .map(Kept::token);
    }

    private synchronized long asked() {
        return forgotten;
    }

    /** What was read before something was revoked may be wrong already. */
    private synchronized void keep(String hash, HeldToken held, long asked) {
        if (asked != forgotten) {
            return;
        }
        kept.remove(hash);
        if (kept.size() >= MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(hash, new Kept(held, clock.millis() + KEPT_MILLIS));
    }

    private Authentication admit(HeldToken held, String origin, String address) {
        if (held.token().refresh()) {
            return new Authentication.Refused("the token is no access token");
        }
        if (held.grant().revoked() != 0) {
            return new Authentication.Refused("the access token was revoked");
        }
        if (held.token().expires() <= clock.millis()) {
            return new Authentication.Refused("the access token has expired");
        }
        if (!isFor(held.grant().resource(), origin)) {
            return new Authentication.Refused(
                    "the access token is for another server, or for another name of this one");
        }
        return users.user(held.grant().userId())
                .<Authentication>map(user -> new Authentication.Known(new Caller(
                        user.id(),
                        user.name(),
                        user.role(),
                        Credential.token(
                                held.grant().id(),
                                held.grant().client(),
                                held.token().scopes()),
                        address)))
                .orElseGet(() -> new Authentication.Refused("the user of the access token is gone"));
    }

    /** All paths of one name of the server take the same tokens; another port is another server. */
    private static boolean isFor(String resource, String origin) {
        return resource.equals(origin) || resource.startsWith(origin + "/");
    }
}

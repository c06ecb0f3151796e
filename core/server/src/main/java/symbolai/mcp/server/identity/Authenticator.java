package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.ServerConfig.Auth;

/** Tells who calls. */
public final class Authenticator {

    private static final String SCHEME = "bearer ";
    private static final Caller LOCAL_ADMIN = new Caller("local", "local", Role.ADMIN, Credential.LOCAL, "local");
    /** Compared with where no key is known, so that an unknown id costs what a known one costs. */
    private static final String NO_HASH = "0".repeat(64);

    private final Auth auth;
    private final AccessTokenLookup tokens;
    private final KeyRing keys;
    private final LastUse lastUse;
    private final Clock clock;

    public Authenticator(Auth auth, AccessTokenLookup tokens, KeyRing keys, LastUse lastUse, Clock clock) {
        this.auth = auth;
        this.tokens = tokens;
        this.keys = keys;
        this.lastUse = lastUse;
        this.clock = clock;
    }

    /** The caller of stdio, of the command line, and of everybody when there is no authentication. */
    public static Caller localAdmin() {
        return LOCAL_ADMIN;
    }

    /**
     * Looks at the credentials of a request. For a key nothing is read from the store: the keys are in memory.
     *
     * @param authorization the {@code Authorization} header
     * @param origin the name of this server that the request was sent to
     * @param address where the request came from
     */
    public Future<Authentication> authenticate(Optional<String> authorization, String origin, String address) {
        if (auth == Auth.NONE) {
            return Future.succeededFuture(new Authentication.Known(localAdmin()));
        }
        if (authorization.isEmpty()) {
            return Future.succeededFuture(new Authentication.Missing());
        }
        var header = authorization.get();
        if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            return Future.succeededFuture(new Authentication.Refused("the authorization is not of the scheme Bearer"));
        }
        var shown = header.substring(SCHEME.length()).strip();
        return shown.startsWith(AccessTokenLookup.PREFIX)
                ? tokens.authenticate(shown, origin, address)
                : Future.succeededFuture(byKey(shown, address));
    }

    private Authentication byKey(String shown, String address) {
        return ApiKey.parse(shown)
                .map(key -> byKey(key, address))
                .orElse(new Authentication.Refused("the key is malformed"));
    }

    private Authentication byKey(ApiKey key, String address) {
        var holder = keys.find(key.id());
        var matches = key.matches(holder.map(known -> known.key().hash()).orElse(NO_HASH));
        if (holder.isEmpty()) {
            return new Authentication.Refused("the key is unknown");
        }
        if (!matches) {
            return new Authentication.Refused("the key's id is known, its secret is wrong");
        }
        return admit(holder.get(), address);
    }

    private Authentication admit(KeyRing.Holder holder, String address) {
        var now = clock.millis();
        var key = holder.key();
        if (key.revoked() != 0) {
            return new Authentication.Refused("the key was revoked");
        }
        if (key.expires() != 0 && key.expires() <= now) {
            return new Authentication.Refused("the key has expired");
        }
        if (!key.isGoodFrom(address)) {
            return new Authentication.Refused("the key is not good from this address");
        }
        lastUse.seen(key.id(), now);
        var user = holder.user();
        return new Authentication.Known(new Caller(
                user.id(), user.name(), user.role(), Credential.key(key.id(), key.tools(), key.agent()), address));
    }
}

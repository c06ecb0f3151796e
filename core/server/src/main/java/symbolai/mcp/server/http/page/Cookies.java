package symbolai.mcp.server.http.page;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.http.Original;

/** Reads and sets our cookies: with the prefix that ties them to this host where the way is encrypted, and without only on this machine. */
final class Cookies {

    private static final String TIED = "__Host-";
    private static final String VALUE = "[0-9A-Za-z]{43,64}";

    private final String name;
    private final String values;
    private final boolean publiclyEncrypted;

    /**
     * @param publiclyEncrypted whether clients reach the server by https only
     */
    Cookies(String name, boolean publiclyEncrypted) {
        this(name, VALUE, publiclyEncrypted);
    }

    /**
     * @param values the form that values have
     * @param publiclyEncrypted whether clients reach the server by https only
     */
    Cookies(String name, String values, boolean publiclyEncrypted) {
        this.name = name;
        this.values = values;
        this.publiclyEncrypted = publiclyEncrypted;
    }

    /** Whether a cookie would be safe on the way that this request came. */
    boolean areSafe(RoutingContext context) {
        return isEncrypted(context) || Original.of(context).isOnLoopback();
    }

    /** The value; empty when there is none, and when there are two, of which one would be somebody else's. */
    Optional<Secret> read(RoutingContext context) {
        var found = context.request().cookies(named(context));
        return found.size() == 1
                ? found.stream()
                        .map(Cookie::getValue)
                        .filter(value -> value.matches(values))
                        .findFirst()
                        .map(Secret::new)
                : Optional.empty();
    }

    void set(RoutingContext context, Secret value) {
        context.response().addCookie(cookie(context, value.reveal()));
    }

    void clear(RoutingContext context) {
        context.response().addCookie(cookie(context, "").setMaxAge(0));
    }

    private Cookie cookie(RoutingContext context, String value) {
        return Cookie.cookie(named(context), value)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(isEncrypted(context))
                .setSameSite(CookieSameSite.LAX);
    }

    private String named(RoutingContext context) {
        return isEncrypted(context) ? TIED + name : name;
    }

    private boolean isEncrypted(RoutingContext context) {
        var original = Original.of(context);
        return original.isEncrypted() || (publiclyEncrypted && !original.isOnLoopback());
    }
}

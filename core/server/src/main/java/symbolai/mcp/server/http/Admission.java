package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.identity.Authentication;
import symbolai.mcp.server.identity.Authenticator;

/** Finds out who sent a request. */
final class Admission {

    private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
    private static final List<String> TOKEN_NAMES = List.of("access_token", "token", "api_key", "apikey", "key");
    private static final List<String> CREDENTIAL_NAMES = List.of("access_token", "token", "api_key", "apikey");

    /** How all of our keys and tokens begin. */
    private static final Pattern TOKEN = Pattern.compile("smcp[a-z]?_");

    private final Authenticator authenticator;
    private final Sites sites;

    Admission(Authenticator authenticator, Sites sites) {
        this.authenticator = authenticator;
        this.sites = sites;
    }

    /** Whether the URL holds what belongs into a header: URLs are logged on the way. */
    boolean hasTokenInUrl(RoutingContext context) {
        return TOKEN_NAMES.stream().anyMatch(context.queryParams()::contains);
    }

    /** The same for URLs whose parameters are those of tools, which may be called a key: then what it looks like decides. */
    boolean hasKeyInUrl(RoutingContext context) {
        return context.queryParams().entries().stream()
                .anyMatch(parameter -> CREDENTIAL_NAMES.contains(parameter.getKey())
                        || TOKEN.matcher(parameter.getValue()).lookingAt());
    }

    Future<Authentication> admit(RoutingContext context) {
        var address = Gate.original(context).address();
        var headers = context.request().headers().getAll("Authorization");
        if (headers.size() > 1) {
            return Future.<Authentication>succeededFuture(
                            new Authentication.Refused("there is more than one Authorization header"))
                    .onSuccess(result -> log(result, address));
        }
        return authenticator
                .authenticate(headers.stream().findFirst(), sites.of(context).origin(), address)
                .onSuccess(result -> log(result, address));
    }

    private static void log(Authentication result, String address) {
        if (result instanceof Authentication.Refused refused) {
            LOG.atInfo()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", refused.why())
                    .log("credentials refused");
        }
    }
}

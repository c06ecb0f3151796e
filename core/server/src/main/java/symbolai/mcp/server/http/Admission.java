package symbolai.mcp.server.http;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import symbolai.mcp.server.audit.RefusalRecords;
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
    private final RefusalRecords records;

    Admission(Authenticator authenticator, Sites sites, RefusalRecords records) {
        this.authenticator = authenticator;
        this.sites = sites;
        this.records = records;
    }

    /** Whether the URL holds what belongs into a header: URLs are logged on the way. */
    boolean hasTokenInUrl(RoutingContext context) {
        return noted(context, TOKEN_NAMES.stream().anyMatch(context.queryParams()::contains));
    }

    /** The same for URLs whose parameters are those of tools, which may be called a key: then what it looks like decides. */
    boolean hasKeyInUrl(RoutingContext context) {
        return noted(
                context,
                context.queryParams().entries().stream()
                        .anyMatch(parameter -> CREDENTIAL_NAMES.contains(parameter.getKey())
                                || TOKEN.matcher(parameter.getValue()).lookingAt()));
    }

    private boolean noted(RoutingContext context, boolean inUrl) {
        if (inUrl) {
            records.note("auth.token-in-url", Gate.original(context).address(), program(context));
        }
        return inUrl;
    }

    /** What the client says it is; cut, as strangers can send much. */
    private static JsonObject program(RoutingContext context) {
        var agent = context.request().getHeader("User-Agent");
        var shown = agent == null ? "" : agent;
        return new JsonObject().put("client", shown.length() <= 200 ? shown : shown.substring(0, 200) + "…");
    }

    Future<Authentication> admit(RoutingContext context) {
        var address = Gate.original(context).address();
        var headers = context.request().headers().getAll("Authorization");
        if (headers.size() > 1) {
            return Future.<Authentication>succeededFuture(
                            new Authentication.Refused("there is more than one Authorization header"))
                    .onSuccess(result -> note(context, result, address));
        }
        return authenticator
                .authenticate(headers.stream().findFirst(), sites.of(context).origin(), address)
                .onSuccess(result -> note(context, result, address));
    }

    private void note(RoutingContext context, Authentication result, String address) {
        if (result instanceof Authentication.Refused refused) {
            LOG.atInfo()
                    .addKeyValue("address", address)
                    .addKeyValue("reason", refused.why())
                    .log("credentials refused");
            records.note("auth.refused", address, program(context).put("reason", refused.why()));
        }
    }
}

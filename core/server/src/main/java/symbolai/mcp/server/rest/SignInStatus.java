package symbolai.mcp.server.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import symbolai.mcp.api.Caller;
import symbolai.mcp.server.identity.CsrfTokens;
import symbolai.mcp.server.identity.SignIn;
import symbolai.mcp.server.identity.SignIns;

/** What a browser's own sign-in tells it. */
public final class SignInStatus {

    private final SignIns signIns;
    private final CsrfTokens csrfTokens;
    private final Clock clock;

    public SignInStatus(SignIns signIns, CsrfTokens csrfTokens, Clock clock) {
        this.signIns = signIns;
        this.csrfTokens = csrfTokens;
        this.clock = clock;
    }

    /** The status with the sign-in in it, where there is one. */
    Future<JsonObject> addTo(JsonObject status, Caller caller) {
        return signIns.of(caller)
                .map(found -> found.map(signIn -> status.put("signIn", json(signIn, caller)))
                        .orElse(status));
    }

    private JsonObject json(SignIn signIn, Caller caller) {
        return new JsonObject()
                .put("csrfToken", csrfTokens.of(caller).reveal())
                .put("expiresAt", signIn.expires().toString())
                .put("fresh", signIn.isFresh(clock.instant()));
    }
}

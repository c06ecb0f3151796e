package symbolai.mcp.server.identity.oidc;

import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.Nonce;
import java.net.URI;

/**
 * What a sign-in by the provider was begun with.
 *
 * @param back the page of this server that the provider sends the browser to
 * @param next the page of this server that was asked for at first
 * @param again whether the person shows the provider anew who they are
 */
record Journey(State state, Nonce nonce, CodeVerifier verifier, URI back, String next, boolean again) {

    static Journey begin(URI back, String next, boolean again) {
        return new Journey(new State(32), new Nonce(32), new CodeVerifier(), back, next, again);
    }

    @Override
    public String toString() {
        return "Journey";
    }
}

package symbolai.mcp.server.identity.oauth;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client asks a user to agree to, after it was found to be in order.
 *
 * @param name what the client calls itself, which nobody has checked
 * @param redirect where the user is sent afterwards
 * @param state what the client wants back
 * @param scopes what it asks for
 * @param resource where the tokens shall be good
 * @param challenge the PKCE challenge, by S256
 * @param issuer the name that this server has for the client
 */
public record AuthorizationAsk(
        String client,
        OAuthClient.Kind kind,
        String name,
        String redirect,
        Optional<String> state,
        Scopes scopes,
        String resource,
        String challenge,
        String issuer) {

    /** Who gets the code, for people. */
    public String host() {
        return RedirectUris.host(redirect);
    }

    /** Whether only programs on the user's own machine get the code, so that nobody vouches for which of them it is. */
    public boolean isLocal() {
        return RedirectUris.isLocal(redirect);
    }

    /** Whether everybody can know the client's id, and some other program on the user's machine could use it. */
    boolean isImitable() {
        return kind == OAuthClient.Kind.DOCUMENT && isLocal();
    }

    /** Who asks, as far as the request tells. */
    OAuthClient asker() {
        return new OAuthClient(client, kind, name, "", OAuthClient.PUBLIC, List.of(redirect), "", new Scopes(Set.of()));
    }

    JsonObject json() {
        var json = new JsonObject()
                .put("client", client)
                .put("kind", kind.name())
                .put("name", name)
                .put("redirect", redirect)
                .put("scopes", scopes.text())
                .put("resource", resource)
                .put("challenge", challenge)
                .put("issuer", issuer);
        state.ifPresent(text -> json.put("state", text));
        return json;
    }

    static AuthorizationAsk of(JsonObject json) {
        return new AuthorizationAsk(
                json.getString("client"),
                OAuthClient.Kind.valueOf(json.getString("kind")),
                json.getString("name"),
                json.getString("redirect"),
                Optional.ofNullable(json.getString("state")),
                Scopes.parse(json.getString("scopes")),
                json.getString("resource"),
                json.getString("challenge"),
                json.getString("issuer"));
    }
}

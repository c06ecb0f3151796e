package symbolai.mcp.server.identity.oidc;

import java.net.URI;

/**
 * Where the browser goes to sign in.
 *
 * @param provider the page of the provider
 * @param journey what the browser keeps in a cookie until it comes back; sealed
 */
public record Departure(URI provider, String journey) {

    @Override
    public String toString() {
        return "Departure";
    }
}

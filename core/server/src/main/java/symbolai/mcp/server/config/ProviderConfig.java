package symbolai.mcp.server.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;

/**
 * The OpenID provider that tells who signs in.
 *
 * @param issuer its name for itself, a URL, compared as it is written
 * @param name what people call it, on the button of the sign-in page
 * @param clientId what it calls this server
 * @param clientSecret what this server shows to it; empty for a public client
 * @param scopes what is asked for
 * @param roleClaim where the ID token says what its user may do; a dot leads into an object
 * @param roles which values of that claim give which role
 * @param createUsers whether somebody who signs in for the first time becomes a user
 * @param trustNames whether nobody there chooses a name freely, so that new users are called by it alone
 */
public record ProviderConfig(
        String issuer,
        String name,
        String clientId,
        Optional<Secret> clientSecret,
        List<String> scopes,
        String roleClaim,
        Map<Role, List<String>> roles,
        boolean createUsers,
        boolean trustNames) {

    public ProviderConfig {
        scopes = List.copyOf(scopes);
        roles = Map.copyOf(roles);
    }
}

package symbolai.mcp.server.rest;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential.Kind;
import symbolai.mcp.api.Role;

/**
 * Who may use one of the server's own routes.
 *
 * @param roles the roles that may
 * @param limitedKeys whether an API key that is limited to some tools or marked as an agent's, or an OAuth token, is enough
 * @param fresh whether a sign-in must be a few minutes old at most, because what is done is dangerous
 */
public record RouteAccess(Set<Role> roles, boolean limitedKeys, boolean fresh) {

    /** Everybody who is known. */
    public static final RouteAccess EVERYBODY = new RouteAccess(Set.of(Role.values()), true, false);
    /** Admins, with a credential that stands for all that they may. */
    public static final RouteAccess ADMINS = new RouteAccess(Set.of(Role.ADMIN), false, false);
    /** Admins who have just proven who they are. */
    public static final RouteAccess FRESH_ADMINS = new RouteAccess(Set.of(Role.ADMIN), false, true);
    /** Who reads what was done: auditors and admins. */
    public static final RouteAccess AUDITORS = new RouteAccess(Set.of(Role.ADMIN, Role.AUDITOR), false, false);

    public RouteAccess {
        roles = Set.copyOf(roles);
    }

    /** Why the caller may not use the route; empty when the caller may. */
    Optional<String> objection(Caller caller) {
        if (!roles.contains(caller.role())) {
            return Optional.of("only " + named() + " may do this, and your role is "
                    + caller.role().text());
        }
        if (!limitedKeys && !caller.tools().isEmpty()) {
            return Optional.of("your API key is limited to some tools, and may not do this");
        }
        if (!limitedKeys && caller.credential().agent()) {
            return Optional.of("your API key is that of an agent, and may not do this");
        }
        return limitedKeys || caller.credential().kind() != Kind.TOKEN
                ? Optional.empty()
                : Optional.of("an OAuth token is for tools, and may not do this; use an API key or sign in");
    }

    private String named() {
        return roles.stream().map(role -> role.text() + "s").sorted().collect(Collectors.joining(" and "));
    }
}

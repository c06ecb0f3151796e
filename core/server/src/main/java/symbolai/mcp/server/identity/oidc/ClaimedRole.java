package symbolai.mcp.server.identity.oidc;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.ProviderConfig;

/** Finds the role of somebody in what the provider says of them. */
final class ClaimedRole {

    /** Who has several gets the first. */
    private static final List<Role> ORDER = List.of(Role.ADMIN, Role.OPERATOR, Role.AUDITOR, Role.VIEWER);

    private final String claim;
    private final Map<Role, List<String>> roles;

    ClaimedRole(ProviderConfig config) {
        this.claim = config.roleClaim();
        this.roles = config.roles();
    }

    Optional<Role> of(JWTClaimsSet claims) {
        var values = values(find(claims.getClaims(), claim));
        return ORDER.stream()
                .filter(role -> roles.getOrDefault(role, List.of()).stream().anyMatch(values::contains))
                .findFirst();
    }

    /** A claim whose name has dots, as in a URL, comes before the way into an object. */
    private static Optional<Object> find(Map<?, ?> object, String path) {
        var whole = Optional.<Object>ofNullable(object.get(path));
        var dot = path.indexOf('.');
        if (whole.isPresent() || dot < 0) {
            return whole;
        }
        return object.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : Optional.empty();
    }

    private static Set<String> values(Optional<Object> found) {
        var all = found.map(value -> value instanceof Collection<?> several ? several : List.of(value))
                .orElse(List.of());
        return all.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .collect(Collectors.toSet());
    }
}

package symbolai.mcp.server.policy;

import java.util.List;
import java.util.Set;
import symbolai.mcp.api.Role;

/**
 * Who may approve what waits for an approval, beside admins.
 *
 * @param roles the roles that may
 * @param users the names of users who may
 * @param required how many people must approve; more where the configuration asks for more
 */
public record Approving(Set<Role> roles, List<String> users, int required) {

    /** One admin. */
    public static final Approving ADMIN = new Approving(Set.of(), List.of(), 1);

    public Approving {
        roles = Set.copyOf(roles);
        users = List.copyOf(users);
    }
}

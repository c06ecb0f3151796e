package symbolai.mcp.server.approvals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;

/**
 * Who may approve a call: admins, and those whom every rule names that asks for it.
 *
 * @param named whom each of the rules names
 * @param required how many of them must
 */
public record Approvers(List<Named> named, int required) {

    /** Admins alone. */
    public static final Approvers ADMINS = new Approvers(List.of(), 1);

    /**
     * Whom one rule names beside admins.
     *
     * @param roles other roles that may
     * @param users the names of other users who may
     */
    public record Named(Set<Role> roles, List<String> users) {

        public Named {
            roles = Set.copyOf(roles);
            users = List.copyOf(users);
        }

        private boolean include(String name, Role role) {
            return roles.contains(role) || users.stream().anyMatch(name::equalsIgnoreCase);
        }

        private String text() {
            var others = roles.stream().filter(role -> role != Role.ADMIN).map(role -> role.text() + "s");
            return Stream.concat(others, users.stream()).sorted().collect(Collectors.joining(", "));
        }
    }

    public Approvers {
        named = named.stream().distinct().toList();
    }

    /** The same, of whom at least this many must approve. */
    public Approvers atLeast(int number) {
        return new Approvers(named, Math.max(required, number));
    }

    /** Whether somebody of this name and role is one of them. */
    public boolean include(String name, Role role) {
        return role == Role.ADMIN || (!named.isEmpty() && named.stream().allMatch(those -> those.include(name, role)));
    }

    /** Whether the caller is one of them; what stands for less than the whole user decides nothing. */
    boolean include(Caller caller) {
        var credential = caller.credential();
        return include(caller.name(), caller.role())
                && credential.tools().isEmpty()
                && credential.client().isEmpty()
                && !credential.agent();
    }

    /** Who they are, in words. */
    String text() {
        var others = named.stream().map(Named::text).distinct().sorted().toList();
        return others.isEmpty() || others.contains("")
                ? "admins"
                : "admins, " + String.join("; who is at once one of: ", others);
    }
}

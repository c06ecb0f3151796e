package symbolai.mcp.server.approvals;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;

/**
 * Who may approve a call: admins, and those whom a rule names.
 *
 * @param roles other roles that may
 * @param users the names of other users who may
 * @param required how many of them must
 */
public record Approvers(Set<Role> roles, List<String> users, int required) {

    /** Admins alone. */
    public static final Approvers ADMINS = new Approvers(Set.of(), List.of(), 1);

    public Approvers {
        roles = Set.copyOf(roles);
        users = List.copyOf(users);
    }

    /** The same, of whom at least this many must approve. */
    public Approvers atLeast(int number) {
        return new Approvers(roles, users, Math.max(required, number));
    }

    /** Whether somebody of this name and role is one of them. */
    public boolean include(String name, Role role) {
        return role == Role.ADMIN || roles.contains(role) || users.stream().anyMatch(name::equalsIgnoreCase);
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
        var others = Stream.concat(
                roles.stream().filter(role -> role != Role.ADMIN).map(role -> role.text() + "s"), users.stream());
        return Stream.concat(Stream.of("admins"), others.sorted()).collect(Collectors.joining(", "));
    }
}

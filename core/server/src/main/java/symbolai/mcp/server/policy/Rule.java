package symbolai.mcp.server.policy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.AddressRange;

/**
 * One rule. It is about a call when all that it says fits; what it does not say fits every call.
 *
 * @param id names it, {@code [a-z0-9][a-z0-9-]{0,39}}
 * @param caps how much a call may bring back that this rule opens
 * @param note why there is this rule, for people
 * @param approving who may approve a call for which this rule asks for that
 */
public record Rule(
        String id, Effect effect, Who who, What what, Circumstances when, Caps caps, String note, Approving approving) {

    /** A rule for whose calls an admin's approval would do. */
    public Rule(String id, Effect effect, Who who, What what, Circumstances when, Caps caps, String note) {
        this(id, effect, who, what, when, caps, note, Approving.ADMIN);
    }

    /**
     * Who calls.
     *
     * @param users globs of user names or ids
     * @param keys globs of ids of API keys
     * @param clients globs of ids of OAuth clients, which unlike the names that clients give themselves were checked
     * @param agents whether only keys are meant that are marked as an agent's
     */
    public record Who(Set<Role> roles, List<String> users, List<String> keys, List<String> clients, boolean agents) {

        /** Everybody. */
        public static final Who ANYBODY = new Who(Set.of(), List.of(), List.of(), List.of(), false);

        public Who {
            roles = Set.copyOf(roles);
            users = List.copyOf(users);
            keys = List.copyOf(keys);
            clients = List.copyOf(clients);
        }
    }

    /**
     * What is called.
     *
     * @param tools globs of tool names
     * @param accounts globs of ids or names of accounts
     * @param databases globs of ids or names of databases, or of what takes their place in other families: namespaces, buckets, Workers
     * @param tables globs of table and view names
     */
    public record What(
            List<String> tools, Access access, List<String> accounts, List<String> databases, List<String> tables) {

        /** Everything. */
        public static final What ANYTHING = new What(List.of(), Access.ANY, List.of(), List.of(), List.of());

        public What {
            tools = List.copyOf(tools);
            accounts = List.copyOf(accounts);
            databases = List.copyOf(databases);
            tables = List.copyOf(tables);
        }
    }

    /**
     * When and where from.
     *
     * @param addresses ranges of addresses
     * @param local whether callers on this machine who come through no network are meant too, where there are ranges
     */
    public record Circumstances(Optional<Hours> hours, List<AddressRange> addresses, boolean local) {

        /** Always, from everywhere. */
        public static final Circumstances ALL = new Circumstances(Optional.empty(), List.of(), false);

        public Circumstances {
            addresses = List.copyOf(addresses);
        }
    }
}

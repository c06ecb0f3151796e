package symbolai.mcp.server.connections;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import symbolai.mcp.api.Verified.Account;
import symbolai.mcp.api.Verified.Permission;

/**
 * What a user may see of one of the user's connections; nothing of it is secret.
 *
 * @param name how the user calls it
 * @param connector the id of its connector
 * @param account the account that it works on
 * @param accounts all accounts that the credentials can see
 * @param expires when the credentials end
 * @param permissions what the credentials may do
 * @param warnings what the user should know, in sentences
 * @param verifiedAt when the system accepted the credentials last
 * @param active whether the user's calls take it
 * @param fields what was given to connect, without what is secret
 */
public record ConnectionInfo(
        String name,
        String connector,
        Account account,
        List<Account> accounts,
        Optional<Instant> expires,
        List<Permission> permissions,
        List<String> warnings,
        Instant verifiedAt,
        boolean active,
        Map<String, String> fields) {

    public ConnectionInfo {
        accounts = List.copyOf(accounts);
        permissions = List.copyOf(permissions);
        warnings = List.copyOf(warnings);
        fields = Map.copyOf(fields);
    }
}

package symbolai.mcp.api;

import java.util.List;
import java.util.Optional;

/**
 * Who calls.
 *
 * @param id the user's id; stays the same when the user is renamed
 * @param name the user's name
 * @param role what the user may do in this server
 * @param credential what the caller showed
 * @param address where the call came from: an IP address, or {@code local}
 */
public record Caller(String id, String name, Role role, Credential credential, String address) {

    /** A caller who showed nothing. */
    public static Caller local(String id, String name, Role role) {
        return new Caller(id, name, role, Credential.LOCAL, "local");
    }

    /** The API key that was shown, where there was one. */
    public Optional<String> keyId() {
        return credential.kind() == Credential.Kind.KEY ? Optional.of(credential.id()) : Optional.empty();
    }

    /** The globs of tool names that the caller is limited to; empty means no limit. */
    public List<String> tools() {
        return credential.tools();
    }
}

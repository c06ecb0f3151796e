package symbolai.mcp.server.identity;

import java.time.Instant;
import java.util.Locale;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.store.UserRow;

/**
 * A user.
 *
 * @param hasPassword whether one is set; whether it counts is the configuration's
 */
public record User(String id, String name, Role role, boolean hasPassword, Instant created) {

    static User of(UserRow row) {
        return new User(
                row.id(),
                row.name(),
                Role.valueOf(row.role().toUpperCase(Locale.ROOT)),
                !row.password().isEmpty(),
                Instant.ofEpochMilli(row.created()));
    }
}

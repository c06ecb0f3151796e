package symbolai.mcp.server.approvals;

import io.vertx.core.Future;
import java.util.List;
import java.util.Locale;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** Knows whether there is anybody who could approve. */
final class Deciders {

    private final UserStore users;

    Deciders(UserStore users) {
        this.users = users;
    }

    /** Whether there are enough users besides the requester. */
    Future<Boolean> enough(Approvers approvers, String requester) {
        return users.list().map(rows -> others(rows, approvers, requester) >= approvers.required());
    }

    private static long others(List<UserRow> rows, Approvers approvers, String requester) {
        return rows.stream()
                .filter(user -> !user.id().equals(requester))
                .filter(user ->
                        approvers.include(user.name(), Role.valueOf(user.role().toUpperCase(Locale.ROOT))))
                .count();
    }
}

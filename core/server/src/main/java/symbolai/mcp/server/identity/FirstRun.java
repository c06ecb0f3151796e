package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Role;

/** Makes the first user and key of a server that has none. */
public final class FirstRun {

    private static final String NAME = "admin";

    private final Users users;
    private final ApiKeys keys;

    public FirstRun(Users users, ApiKeys keys) {
        this.users = users;
        this.keys = keys;
    }

    /** The new key of the new user {@code admin}, who has no password; empty when there are users already. */
    public Future<Optional<NewKey>> run() {
        return users.list()
                .compose(
                        known -> known.isEmpty() ? make().map(Optional::of) : Future.succeededFuture(Optional.empty()));
    }

    private Future<NewKey> make() {
        var by = Authenticator.localAdmin();
        return users.createWithoutPassword(by, NAME, Role.ADMIN)
                .compose(user -> keys.create(by, user.name(), "first run", Optional.empty(), List.of()));
    }
}

package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;

/** Makes the first user and key of a server that has none. */
public final class FirstRun {

    private static final String NAME = "admin";

    private final Users users;
    private final ApiKeys keys;
    private final SetupLinks links;

    public FirstRun(Users users, ApiKeys keys, SetupLinks links) {
        this.users = users;
        this.keys = keys;
        this.links = links;
    }

    /**
     * What the first user has to come in.
     *
     * @param key for programs
     * @param setupToken for the setup link, with which the user sets a password; empty when passwords are off
     */
    public record Welcome(NewKey key, Optional<Secret> setupToken) {}

    /** The way in for the new user {@code admin}, who has no password yet; empty when there are users already. */
    public Future<Optional<Welcome>> run() {
        return users.list()
                .compose(
                        known -> known.isEmpty() ? make().map(Optional::of) : Future.succeededFuture(Optional.empty()));
    }

    private Future<Welcome> make() {
        var by = Authenticator.localAdmin();
        return users.createWithoutPassword(by, NAME, Role.ADMIN)
                .compose(user -> keys.create(by, user.name(), "first run", Optional.empty(), List.of()))
                .compose(key -> links.issueFirst(by, NAME).map(token -> new Welcome(key, token)));
    }
}

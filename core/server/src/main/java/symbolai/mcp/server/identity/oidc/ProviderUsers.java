package symbolai.mcp.server.identity.oidc;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.ProviderConfig;
import symbolai.mcp.server.identity.Changes;
import symbolai.mcp.server.identity.SignIns;
import symbolai.mcp.server.identity.User;
import symbolai.mcp.server.identity.Users;
import symbolai.mcp.server.identity.oidc.ProviderRefused.Kind;
import symbolai.mcp.server.store.ProviderUserRow;
import symbolai.mcp.server.store.ProviderUserStore;

/**
 * Which users are whom at the provider. Only the provider's own name for a person counts: no address and no user name makes somebody the user
 * that was here before.
 */
public final class ProviderUsers {

    private final ProviderConfig config;
    private final String issuer;
    private final ProviderUserStore store;
    private final Users users;
    private final SignIns signIns;
    private final Changes changes;
    private final Clock clock;

    public ProviderUsers(
            ProviderConfig config,
            ProviderUserStore store,
            Users users,
            SignIns signIns,
            Changes changes,
            Clock clock) {
        this.config = config;
        this.issuer = config.issuer();
        this.store = store;
        this.users = users;
        this.signIns = signIns;
        this.changes = changes;
        this.clock = clock;
    }

    /** Says that a user is this subject of the provider, and nobody else is. */
    public Future<Void> link(Caller by, String name, String subject) {
        return user(name)
                .compose(user -> changes.make(
                        "user.linked",
                        by,
                        target(user).put("subject", subject),
                        () -> store.add(issuer, subject, user.id(), clock.millis())))
                .compose(added -> added
                        ? Future.succeededFuture()
                        : Future.failedFuture(new ToolException(
                                Reason.CONFLICT,
                                "The user " + name
                                        + " or this subject of the provider is linked already; unlink it first.")));
    }

    /** Says that a user is nobody of the provider's; the user stays. */
    public Future<Void> unlink(Caller by, String name) {
        return user(name)
                .compose(user -> changes.make("user.unlinked", by, target(user), () -> store.remove(issuer, user.id())))
                .compose(removed -> removed
                        ? Future.succeededFuture()
                        : Future.failedFuture(
                                new ToolException(Reason.NOT_FOUND, "The user " + name + " is not linked.")));
    }

    /** The provider's names for the users, by the users' ids. */
    public Future<Map<String, String>> subjects() {
        return store.list(issuer)
                .map(rows -> rows.stream()
                        .collect(Collectors.toUnmodifiableMap(ProviderUserRow::userId, ProviderUserRow::subject)));
    }

    /** The user whom the provider has let in, with the role that it says. */
    Future<User> enter(Person person, Role role, String address) {
        var by = provider(address);
        return store.find(issuer, person.subject())
                .compose(known -> known.map(this::byId).orElseGet(() -> create(by, person, role)))
                .compose(user -> withRole(by, user, role));
    }

    /** What the provider says no more does not count any more: the user is signed out everywhere, and a viewer. */
    Future<Void> demote(Person person, String address) {
        return store.find(issuer, person.subject())
                .compose(known -> known.map(this::byId)
                        .map(user -> user.compose(found -> demote(found, address)))
                        .orElseGet(Future::succeededFuture));
    }

    private Future<Void> demote(User user, String address) {
        return signIns.endAll(new Caller(user.id(), user.name(), user.role(), Credential.LOCAL, address))
                .compose(ended -> withRole(provider(address), user, Role.VIEWER))
                .mapEmpty();
    }

    /** Who makes users and changes their roles when somebody signs in. */
    private Caller provider(String address) {
        return new Caller("provider", config.name(), Role.ADMIN, Credential.LOCAL, address);
    }

    private static JsonObject target(User user) {
        return new JsonObject().put("target", user.id()).put("targetName", user.name());
    }

    private Future<User> withRole(Caller by, User user, Role role) {
        return user.role() == role
                ? Future.succeededFuture(user)
                : users.setRole(by, user.name(), role).compose(changed -> byId(user.id()));
    }

    private Future<User> create(Caller by, Person person, Role role) {
        if (!config.createUsers()) {
            return Future.failedFuture(new ProviderRefused(
                    Kind.NO_ACCOUNT,
                    "no user is linked to the subject " + person.subject()
                            + ", and signIn.provider.createUsers is false"));
        }
        return create(by, person, person.names(config.trustNames()), role);
    }

    /** Another browser of the same person may have been faster. */
    private Future<User> create(Caller by, Person person, List<String> names, Role role) {
        return users.createWithoutPassword(by, names.get(0), role, row -> store.create(row, issuer, person.subject()))
                .recover(failure -> isTaken(failure)
                        ? store.find(issuer, person.subject())
                                .compose(known -> known.map(this::byId)
                                        .orElseGet(() -> createOther(by, person, names, role, failure)))
                        : Future.failedFuture(failure));
    }

    private Future<User> createOther(Caller by, Person person, List<String> taken, Role role, Throwable failure) {
        return taken.size() == 1
                ? Future.failedFuture(failure)
                : create(by, person, taken.subList(1, taken.size()), role);
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof ToolException refused && refused.reason() == Reason.CONFLICT;
    }

    private Future<User> user(String name) {
        return find(user -> user.name().equalsIgnoreCase(name))
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(
                                new ToolException(Reason.NOT_FOUND, "There is no such user; user list shows them."))));
    }

    private Future<User> byId(String id) {
        return find(user -> user.id().equals(id))
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(
                                new ProviderRefused(Kind.NO_ACCOUNT, "the user has just been removed"))));
    }

    private Future<Optional<User>> find(Predicate<User> which) {
        return users.list().map(all -> all.stream().filter(which).findFirst());
    }
}

package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.store.SignInRow;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** The users and the rules about them. Each change is in the audit log, with who made it, before it is made. */
public final class Users {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");

    private final UserStore store;
    private final Passwords passwords;
    private final KeyRing keys;
    private final EndedSignIns ended;
    private final Changes changes;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Users(UserStore store, Passwords passwords, KeyRing keys, EndedSignIns ended, Changes changes, Clock clock) {
        this.store = store;
        this.passwords = passwords;
        this.keys = keys;
        this.ended = ended;
        this.changes = changes;
        this.clock = clock;
    }

    /** Adds a user with a password. */
    public Future<User> create(Caller by, String name, Role role, Secret password) {
        return checkName(name)
                .compose(valid -> checkUnbound(by))
                .compose(unbound -> hash(name, password))
                .compose(hash -> add(by, name, role, hash, store::add));
    }

    /** Adds a user who cannot sign in with a password before one is set. */
    public Future<User> createWithoutPassword(Caller by, String name, Role role) {
        return createWithoutPassword(by, name, role, store::add);
    }

    /**
     * Adds a user who signs in in another way.
     *
     * @param adding stores the user, with what else belongs to it; false when the name is taken
     */
    public Future<User> createWithoutPassword(
            Caller by, String name, Role role, Function<UserRow, Future<Boolean>> adding) {
        return checkName(name).compose(valid -> checkMayGive(by, role)).compose(may -> add(by, name, role, "", adding));
    }

    /** All users, by name. */
    public Future<List<User>> list() {
        return store.list().map(rows -> rows.stream().map(User::of).toList());
    }

    /** Changes what a user may do, at once; the last admin stays one. */
    public Future<Void> setRole(Caller by, String name, Role role) {
        return checkMayGive(by, role)
                .compose(may -> find(name))
                .compose(user -> changes.make(
                        "user.role-changed",
                        by,
                        target(user).put("from", user.role()).put("role", role.text()),
                        () -> setRole(user, role)));
    }

    private Future<Void> setRole(UserRow user, Role role) {
        return store.setRole(user.id(), role.text(), clock.millis())
                .compose(changed -> changed
                        ? keys.refresh()
                        : refused("The user " + user.name()
                                + " is the last admin, and stays one: make another user an admin first."));
    }

    /** Sets a new password, which ends the user's sign-ins. */
    public Future<Void> resetPassword(Caller by, String name, Secret password) {
        return checkUnbound(by)
                .compose(unbound -> find(name))
                .compose(user -> newHash(user, password)
                        .compose(hash -> changes.make(
                                "password.changed",
                                by,
                                target(user),
                                () -> store.setPassword(user.id(), hash, clock.millis()))))
                .compose(this::passwordChanged);
    }

    /** What was begun with the former password ends. */
    Future<Void> passwordChanged(List<SignInRow> signIns) {
        return ended.tell(signIns, "the password was changed");
    }

    /** Stores another hash of the same password. */
    Future<Void> rehash(UserRow user, String hash) {
        return store.rehash(user.id(), user.password(), hash).mapEmpty();
    }

    /** The hash of a new password of a user; fails when it is not a good one. */
    Future<String> newHash(UserRow user, Secret password) {
        return checkNew(user, password).compose(isNew -> hash(user.name(), password));
    }

    /** Removes a user and all keys of the user, at once; the last admin stays. */
    public Future<Void> remove(Caller by, String name) {
        return find(name)
                .recover(keys::refreshThenFail)
                .compose(user -> changes.make("user.removed", by, target(user), () -> remove(user)));
    }

    private Future<Void> remove(UserRow user) {
        return store.remove(user.id())
                .compose(changed -> changed
                        ? keys.refresh()
                        : refused("The user " + user.name()
                                + " is the last admin, and cannot be removed: make another user an admin first."));
    }

    /** Fails when the caller came with a key that has limits: what such a key makes must have them too. */
    public Future<Void> checkUnbound(Caller by) {
        return by.keyId()
                .flatMap(keys::find)
                .map(maker -> KeyRules.checkUnbound(maker.key()))
                .orElseGet(Future::succeededFuture);
    }

    private Future<Void> checkMayGive(Caller by, Role role) {
        return role == Role.ADMIN ? checkUnbound(by) : Future.succeededFuture();
    }

    /** Whom a record is about. */
    static JsonObject target(UserRow user) {
        return new JsonObject().put("target", user.id()).put("targetName", user.name());
    }

    Future<UserRow> find(String name) {
        return store.find(lookup(name))
                .compose(found -> found.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(
                                new ToolException(Reason.NOT_FOUND, "There is no user " + Quoted.text(name) + "."))));
    }

    private Future<User> add(
            Caller by, String name, Role role, String hash, Function<UserRow, Future<Boolean>> adding) {
        var now = clock.millis();
        var row = new UserRow(Base62.random(random, 95, 16), name, lookup(name), role.text(), hash, now, now);
        return changes.make("user.created", by, target(row).put("role", row.role()), () -> add(row, adding));
    }

    private Future<User> add(UserRow row, Function<UserRow, Future<Boolean>> adding) {
        return adding.apply(row)
                .compose(added -> added
                        ? keys.refresh().map(User.of(row))
                        : Future.failedFuture(
                                new ToolException(Reason.CONFLICT, "There is a user " + row.name() + " already.")));
    }

    private Future<Void> checkNew(UserRow user, Secret password) {
        return passwords
                .matches(password, user.password())
                .compose(same -> same
                        ? Future.failedFuture(
                                new ToolException(Reason.INVALID, "The new password is the one that the user has."))
                        : Future.succeededFuture());
    }

    private Future<String> hash(String name, Secret password) {
        return lookup(password.reveal()).equals(lookup(name))
                ? Future.failedFuture(new ToolException(Reason.INVALID, "The password must not be the user's name."))
                : passwords.hash(password);
    }

    private static Future<Void> checkName(String name) {
        return NAME.matcher(name).matches()
                ? Future.succeededFuture()
                : Future.failedFuture(new ToolException(
                        Reason.INVALID,
                        "The user name " + Quoted.text(name)
                                + " is not valid: it has 1 to 64 letters, digits and . _ @ -, and"
                                + " begins with a letter or digit."));
    }

    /** The name as it is compared. */
    static String lookup(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private Future<Void> refused(String message) {
        return keys.refreshThenFail(new ToolException(Reason.REFUSED, message));
    }
}

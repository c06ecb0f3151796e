package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.store.SetupLinkStore;
import symbolai.mcp.server.store.SignInRow;
import symbolai.mcp.server.store.UserRow;

/** Links with which users set their password, once: the first admin, and those who lost theirs. */
public final class SetupLinks {

    /** Where the links lead to; the token follows as a fragment, which browsers do not send. */
    public static final String PATH = "/setup";

    private static final Duration LIFE = Duration.ofHours(24);

    private final SetupLinkStore store;
    private final Users users;
    private final SignIns signIns;
    private final SetupTokenFile file;
    private final Changes changes;
    private final IdentityConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public SetupLinks(
            SetupLinkStore store,
            Users users,
            SignIns signIns,
            SetupTokenFile file,
            Changes changes,
            IdentityConfig config,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.signIns = signIns;
        this.file = file;
        this.changes = changes;
        this.config = config;
        this.clock = clock;
    }

    /** A token for the user, good for a day and in place of any former one. */
    public Future<Secret> issue(Caller by, String name) {
        var token = SignInCookie.random(random);
        return withPasswords()
                .compose(allowed -> users.find(name))
                .compose(user -> changes.make("user.setup-link-made", by, Users.target(user), () -> store(token, user)))
                .map(token.text());
    }

    private Future<Void> store(SignInCookie token, UserRow user) {
        return store.put(token.hash(), user.id(), clock.instant().plus(LIFE).toEpochMilli());
    }

    /** The same for the first user, who finds it in a file too; empty when nobody signs in with a password. */
    Future<Optional<Secret>> issueFirst(Caller by, String name) {
        return config.passwords()
                ? issue(by, name).compose(token -> file.write(token).map(Optional.of(token)))
                : Future.succeededFuture(Optional.empty());
    }

    private Future<Void> withPasswords() {
        return config.passwords()
                ? Future.succeededFuture()
                : Future.failedFuture(new ToolException(
                        Reason.REFUSED,
                        "Nobody signs in with a password here: signIn.passwords is false. An admin at the server makes a"
                                + " key with: symbolai-mcp key create"));
    }

    /** Sets the password of the token's user, and signs the user in. */
    public Future<OpenSignIn> redeem(Secret token, Secret password, Visitor visitor) {
        var hash = new SignInCookie(token).hash();
        return withPasswords()
                .compose(allowed -> store.find(hash, clock.millis()))
                .compose(found -> found.map(Future::succeededFuture).orElseGet(SetupLinks::notGood))
                .compose(user -> redeem(hash, user, password, visitor));
    }

    private Future<OpenSignIn> redeem(String hash, UserRow user, Secret password, Visitor visitor) {
        return users.newHash(user, password)
                .compose(stored -> changes.make(
                        "password.changed",
                        owner(user, visitor),
                        Users.target(user).put("by", "setup link"),
                        () -> use(hash, user, stored)))
                .compose(users::passwordChanged)
                .compose(told -> tidy())
                .compose(removed -> signIns.begin(user, visitor));
    }

    /** Removes the file when its own link is not good any more; those of others leave it alone. */
    private Future<Void> tidy() {
        return file.read().compose(token -> token.map(this::removeUnlessGood).orElseGet(Future::succeededFuture));
    }

    private Future<Void> removeUnlessGood(Secret token) {
        return store.find(new SignInCookie(token).hash(), clock.millis())
                .compose(good -> good.isPresent() ? Future.succeededFuture() : file.remove());
    }

    private Future<List<SignInRow>> use(String hash, UserRow user, String password) {
        return store.use(hash, user.id(), password, clock.millis())
                .compose(used -> used.map(Future::succeededFuture).orElseGet(SetupLinks::notGood));
    }

    private static Caller owner(UserRow row, Visitor visitor) {
        var user = User.of(row);
        return new Caller(user.id(), user.name(), user.role(), Credential.LOCAL, visitor.address());
    }

    private static <T> Future<T> notGood() {
        return Future.failedFuture(new ToolException(
                Reason.REFUSED,
                "This link is not good, or not any more: each is good once, for a day. An admin makes a new one with:"
                        + " symbolai-mcp user reset-link NAME"));
    }
}

package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.api.Secret;
import symbolai.mcp.api.ToolException;
import symbolai.mcp.api.ToolException.Reason;
import symbolai.mcp.server.config.IdentityConfig;
import symbolai.mcp.server.store.SignInRow;
import symbolai.mcp.server.store.SignInStore;
import symbolai.mcp.server.store.UserRow;

/** The browsers in which users have signed in: they stay signed in over restarts, and until they rest or the day is over. */
public final class SignIns {

    private static final int MOST_OF_A_USER = 20;
    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);
    /** A browser sends many requests at once; those with the replaced cookie are still under way. */
    private static final Duration FORMER_COOKIE = Duration.ofSeconds(30);

    private final SignInStore store;
    private final Users users;
    private final PasswordGate gate;
    private final Passwords passwords;
    private final SignInLog log;
    private final EndedSignIns ended;
    private final IdentityConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public SignIns(
            SignInStore store,
            Users users,
            PasswordGate gate,
            Passwords passwords,
            SignInLog log,
            EndedSignIns ended,
            IdentityConfig config,
            Clock clock) {
        this.store = store;
        this.users = users;
        this.gate = gate;
        this.passwords = passwords;
        this.log = log;
        this.ended = ended;
        this.config = config;
        this.clock = clock;
    }

    /** Signs a user in; fails with {@link SignInRefused} when the name or the password is wrong, or was too often. */
    public Future<OpenSignIn> signIn(String name, Secret password, Visitor visitor) {
        return enter(name, password, visitor)
                .compose(user -> strengthen(user, password))
                .compose(user -> begin(user, visitor));
    }

    /**
     * Signs a user in whom somebody else knows.
     *
     * @param fresh whether the user showed it just now
     */
    public Future<OpenSignIn> provided(User user, boolean fresh, Visitor visitor) {
        return users.find(user.name()).compose(row -> begin(row, visitor, fresh ? clock.millis() : 0));
    }

    /** Writes down that somebody was not let in for another reason than a password. */
    public void refused(String reason, Visitor visitor) {
        log.refused(reason, visitor);
    }

    /** Lets a user in who has shown in another way who it is. */
    Future<OpenSignIn> begin(UserRow user, Visitor visitor) {
        return begin(user, visitor, clock.millis());
    }

    private Future<OpenSignIn> begin(UserRow user, Visitor visitor, long proved) {
        var now = clock.millis();
        var cookie = SignInCookie.random(random);
        var id = Base62.random(random, 95, 16);
        var row = new SignInRow(
                id, user.id(), cookie.hash(), user.role(), now, now, proved, visitor.address(), visitor.agent());
        return new SignInSweep(store, log, config)
                .run(now)
                .compose(swept -> log.succeeded(user, id, visitor))
                .compose(recorded -> store.add(row, MOST_OF_A_USER))
                .compose(over -> ended.tell(over, "the user has signed in elsewhere too often"))
                .map(added -> new OpenSignIn(signIn(row, User.of(user)), cookie.text(), true));
    }

    /** The sign-in of a cookie, while it lasts; the user's role is what the database has now, and a changed one changes the cookie. */
    public Future<Optional<OpenSignIn>> find(Secret cookie) {
        var shown = new SignInCookie(cookie);
        var now = clock.millis();
        return store.find(shown.hash(), now)
                .compose(found -> found.filter(known -> lasts(known.signIn(), now))
                        .map(known -> open(known, shown, now))
                        .orElseGet(() -> Future.succeededFuture(Optional.empty())));
    }

    /** Makes the sign-in fresh: the user gives the password again. The cookie changes. */
    public Future<OpenSignIn> stepUp(OpenSignIn open, Secret password, Visitor visitor) {
        return enter(open.signIn().user().name(), password, visitor)
                .compose(user -> replace(open.signIn(), user, new SignInCookie(open.cookie()), clock.instant()))
                .compose(replaced -> replaced.map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(new ToolException(
                                Reason.CONFLICT, "This sign-in has just changed in another window; try again."))));
    }

    /** Changes the password of who is signed in. All browsers are signed out; this one is signed in anew. */
    public Future<OpenSignIn> changePassword(OpenSignIn open, Secret current, Secret next, Visitor visitor) {
        var name = open.signIn().user().name();
        return enter(name, current, visitor)
                .compose(user -> users.resetPassword(open.signIn().caller(visitor.address()), name, next))
                .compose(changed -> users.find(name))
                .compose(user -> begin(user, visitor));
    }

    /** The sign-ins of a user that last, the newest first. */
    public Future<List<SignIn>> list(User user) {
        var now = clock.millis();
        return store.list(user.id())
                .map(rows -> rows.stream()
                        .filter(row -> lasts(row, now))
                        .map(row -> signIn(row, user))
                        .toList());
    }

    /** The same of a caller. */
    public Future<List<SignIn>> list(Caller caller) {
        return users.find(caller.name()).compose(user -> list(User.of(user)));
    }

    /** The sign-in with which the caller came; empty for other credentials. */
    public Future<Optional<SignIn>> of(Caller caller) {
        if (caller.credential().kind() != Credential.Kind.SIGN_IN) {
            return Future.succeededFuture(Optional.empty());
        }
        return list(caller)
                .map(all -> all.stream()
                        .filter(signIn -> signIn.id().equals(caller.credential().id()))
                        .findFirst());
    }

    /** Signs out. */
    public Future<Void> end(SignIn signIn, Visitor visitor) {
        return end(signIn.caller(visitor.address()), signIn.id());
    }

    /** Ends one sign-in of the caller's; fails when there is none of this id. */
    public Future<Void> end(Caller caller, String id) {
        return store.list(caller.id())
                .compose(all -> all.stream().anyMatch(row -> row.id().equals(id)) ? remove(caller, id) : missing(id));
    }

    private Future<Void> remove(Caller caller, String id) {
        return log.ended(caller, id)
                .compose(recorded -> store.remove(caller.id(), id))
                .compose(removed -> removed ? Future.<Void>succeededFuture() : missing(id))
                .onSuccess(removed -> ended.tell(id, "the user signed out"));
    }

    private static Future<Void> missing(String id) {
        return Future.failedFuture(new ToolException(Reason.NOT_FOUND, "You have no sign-in " + Quoted.text(id) + "."));
    }

    /** Signs the caller out everywhere; tells how many sign-ins there were. */
    public Future<Integer> endAll(Caller caller) {
        return log.ended(caller, "all")
                .compose(recorded -> store.removeAll(caller.id()))
                .onSuccess(all -> all.forEach(row -> ended.tell(row.id(), "the user signed out everywhere")))
                .map(List::size);
    }

    private Future<UserRow> enter(String name, Secret password, Visitor visitor) {
        if (!config.passwords()) {
            return Future.failedFuture(new ToolException(
                    Reason.REFUSED, "Nobody signs in with a password here: signIn.passwords is false."));
        }
        return gate.enter(name, password, visitor.address())
                .recover(failure -> failure instanceof SignInRefused refused
                        ? log.refused(refused, visitor).compose(recorded -> Future.failedFuture(refused))
                        : Future.failedFuture(failure));
    }

    private Future<UserRow> strengthen(UserRow user, Secret password) {
        return passwords
                .strengthen(password, user.password())
                .compose(hash ->
                        hash.map(stronger -> users.rehash(user, stronger)).orElseGet(Future::succeededFuture))
                .map(user);
    }

    private Future<Optional<OpenSignIn>> open(SignInStore.Found found, SignInCookie shown, long now) {
        var row = found.signIn();
        var signIn = signIn(row, User.of(found.user()));
        var open = Optional.of(new OpenSignIn(signIn, shown.text(), false));
        if (!row.role().equals(found.user().role()) && row.hash().equals(shown.hash())) {
            return replace(signIn, found.user(), shown, signIn.proved()).map(replaced -> replaced.or(() -> open));
        }
        return now - row.seen() < SEEN_EVERY.toMillis()
                ? Future.succeededFuture(open)
                : store.seen(row.id(), now).map(open);
    }

    /** Empty when another request was faster. */
    private Future<Optional<OpenSignIn>> replace(SignIn signIn, UserRow user, SignInCookie former, Instant proved) {
        var now = clock.millis();
        var next = SignInCookie.random(random);
        var row = new SignInRow(
                signIn.id(),
                user.id(),
                next.hash(),
                user.role(),
                signIn.created().toEpochMilli(),
                now,
                proved.toEpochMilli(),
                signIn.address(),
                signIn.agent());
        return store.replace(row, former.hash(), now + FORMER_COOKIE.toMillis())
                .map(done -> done
                        ? Optional.of(new OpenSignIn(signIn(row, User.of(user)), next.text(), true))
                        : Optional.empty());
    }

    private boolean lasts(SignInRow row, long now) {
        return now < end(row);
    }

    private long end(SignInRow row) {
        return Math.min(
                row.seen() + config.idle().toMillis(),
                row.created() + config.longest().toMillis());
    }

    private SignIn signIn(SignInRow row, User user) {
        return SignIn.of(row, user, Instant.ofEpochMilli(end(row)));
    }
}

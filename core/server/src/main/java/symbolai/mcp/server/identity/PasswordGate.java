package symbolai.mcp.server.identity;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.AddressGroup;
import symbolai.mcp.server.store.UserRow;
import symbolai.mcp.server.store.UserStore;

/** Tells whose password it is, takes as long for names that nobody has, and slows down those who guess. */
public final class PasswordGate {

    private static final int FREE_TRIES_OF_AN_ACCOUNT = 5;
    /** More, because many people can share an address. */
    private static final int FREE_TRIES_OF_AN_ADDRESS = 20;

    private static final int REMEMBERED = 10_000;

    private final UserStore users;
    private final Passwords passwords;
    private final Clock clock;
    private final Backoff accounts;
    private final Backoff addresses;

    public PasswordGate(UserStore users, Passwords passwords, Clock clock) {
        this.users = users;
        this.passwords = passwords;
        this.clock = clock;
        this.accounts = new Backoff(FREE_TRIES_OF_AN_ACCOUNT, REMEMBERED, clock);
        this.addresses = new Backoff(FREE_TRIES_OF_AN_ADDRESS, REMEMBERED, clock);
    }

    /** The user with this name and password; fails with {@link SignInRefused} whatever is wrong. */
    Future<UserRow> enter(String name, Secret password, String address) {
        var account = Users.lookup(name);
        var network = AddressGroup.of(address);
        var wait = addresses.begin(network).or(() -> accountWait(account, network));
        if (wait.isPresent()) {
            return Future.failedFuture(SignInRefused.tooMany(clock.instant(), wait.get()));
        }
        return users.find(account)
                .compose(found -> check(found, password))
                .onSuccess(user -> welcome(account, network))
                .onFailure(failure -> release(failure, account, network));
    }

    private Optional<Duration> accountWait(String account, String network) {
        var wait = accounts.begin(account);
        wait.ifPresent(locked -> addresses.takeBack(network));
        return wait;
    }

    private Future<UserRow> check(Optional<UserRow> found, Secret password) {
        var hash = found.map(UserRow::password).filter(known -> !known.isEmpty());
        return passwords
                .matches(password, hash.orElseGet(passwords::unmatched))
                .compose(matches -> matches && hash.isPresent()
                        ? Future.succeededFuture(found.get())
                        : Future.failedFuture(SignInRefused.wrong(found.map(UserRow::id))));
    }

    private void welcome(String account, String network) {
        accounts.forget(account);
        addresses.takeBack(network);
    }

    /** What went wrong here is not the fault of who tried. */
    private void release(Throwable failure, String account, String network) {
        if (!(failure instanceof SignInRefused)) {
            accounts.takeBack(account);
            addresses.takeBack(network);
        }
    }
}

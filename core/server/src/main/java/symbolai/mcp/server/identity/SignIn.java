package symbolai.mcp.server.identity;

import java.time.Duration;
import java.time.Instant;
import symbolai.mcp.api.Caller;
import symbolai.mcp.api.Credential;
import symbolai.mcp.server.store.SignInRow;

/**
 * A browser in which a user has signed in.
 *
 * @param id names the sign-in; not secret
 * @param user the user, as the database has it at the moment
 * @param created when the user signed in
 * @param seen when the browser was last here, to the minute
 * @param proved when the user last gave the password
 * @param expires when it ends if it is not used any more
 * @param address where the user signed in from
 * @param agent what the browser called itself
 */
public record SignIn(
        String id,
        User user,
        Instant created,
        Instant seen,
        Instant proved,
        Instant expires,
        String address,
        String agent) {

    /** How long after the password was given dangerous things can be done. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    static SignIn of(SignInRow row, User user, Instant expires) {
        return new SignIn(
                row.id(),
                user,
                Instant.ofEpochMilli(row.created()),
                Instant.ofEpochMilli(row.seen()),
                Instant.ofEpochMilli(row.proved()),
                expires,
                row.address(),
                row.agent());
    }

    /** The user as a caller at this address. */
    public Caller caller(String from) {
        return new Caller(user.id(), user.name(), user.role(), Credential.signIn(id), from);
    }

    /** Whether the password was given so recently that dangerous things can be done. */
    public boolean isFresh(Instant now) {
        return now.isBefore(proved.plus(FRESH));
    }
}

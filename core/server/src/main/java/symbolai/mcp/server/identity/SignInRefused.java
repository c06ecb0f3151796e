package symbolai.mcp.server.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Nobody is let in: the name or the password is wrong, or too many were. What it says is the same for names that nobody has. */
public final class SignInRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Optional<String> userId;
    private final transient Optional<Instant> retryAt;

    private SignInRefused(String message, Optional<String> userId, Optional<Instant> retryAt) {
        super(message, null, false, false);
        this.userId = userId;
        this.retryAt = retryAt;
    }

    static SignInRefused wrong(Optional<String> userId) {
        return new SignInRefused("The name or the password is wrong.", userId, Optional.empty());
    }

    static SignInRefused tooMany(Instant now, Duration wait) {
        var seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new SignInRefused(
                "There were too many wrong passwords. Try again in " + words(seconds) + ".",
                Optional.empty(),
                Optional.of(now.plusSeconds(seconds)));
    }

    private static String words(long seconds) {
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        var minutes = (seconds + 59) / 60;
        return minutes == 1 ? "1 minute" : minutes + " minutes";
    }

    /** Whose password was wrong, for the audit log only; empty when nobody has the name. */
    Optional<String> userId() {
        return userId;
    }

    /** When trying again makes sense, where that is not at once. */
    public Optional<Instant> retryAt() {
        return retryAt;
    }
}

package symbolai.mcp.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Credentials that the outside system accepted.
 *
 * @param account the account that the connection works on
 * @param accounts all accounts that the credentials can see
 * @param expires when the credentials end
 * @param permissions what the credentials may do, one line for each permission that some tool needs
 * @param warnings what the user should know, in sentences
 */
public record Verified(
        Account account,
        List<Account> accounts,
        Optional<Instant> expires,
        List<Permission> permissions,
        List<String> warnings) {

    /**
     * An account of the outside system.
     *
     * @param id as the system calls it
     * @param name for people
     */
    public record Account(String id, String name) {}

    /**
     * One permission.
     *
     * @param name in the system's own words, such as {@code D1:Edit}
     * @param state whether the credentials have it
     * @param detail what follows from that, in a sentence
     */
    public record Permission(String name, State state, String detail) {}

    /** What is known of a permission. */
    public enum State {
        GRANTED,
        MISSING,
        /** The system has no way to find out without changing something. */
        UNKNOWN
    }

    public Verified {
        accounts = List.copyOf(accounts);
        permissions = List.copyOf(permissions);
        warnings = List.copyOf(warnings);
    }

    /** An account that there is nothing more to say of. */
    public static Verified account(String id, String name) {
        var account = new Account(id, name);
        return new Verified(account, List.of(account), Optional.empty(), List.of(), List.of());
    }
}

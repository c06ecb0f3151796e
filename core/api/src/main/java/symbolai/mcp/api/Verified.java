package symbolai.mcp.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Credentials that the outside system accepted.
 *
 * @param account the account's name, for people
 * @param expires when the credentials end
 * @param warnings what the user should know, in sentences
 */
public record Verified(String account, Optional<Instant> expires, List<String> warnings) {

    public Verified {
        warnings = List.copyOf(warnings);
    }
}

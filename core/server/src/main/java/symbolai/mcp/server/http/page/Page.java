package symbolai.mcp.server.http.page;

import java.util.List;
import java.util.Optional;

/**
 * What a page shows.
 *
 * @param title what it is, once, as its heading and in the browser's tab
 * @param body what follows the heading
 * @param user who reads it; empty for strangers
 * @param targets origins other than ours where an answer to one of its forms may lead to
 * @param script the name of a script of ours, for the one page that cannot do without
 */
public record Page(String title, Html body, Optional<SignedIn> user, List<String> targets, Optional<String> script) {

    public Page {
        targets = List.copyOf(targets);
    }

    /** A page for strangers. */
    public Page(String title, Html body) {
        this(title, body, Optional.empty(), List.of(), Optional.empty());
    }

    /** The same for somebody who is signed in. */
    public Page by(SignedIn reader) {
        return new Page(title, body, Optional.of(reader), targets, script);
    }

    /**
     * The same, whose forms may lead elsewhere.
     *
     * @param sources as a content security policy names them: {@code https://app.example}, or {@code app:} for a scheme
     */
    public Page leadingTo(List<String> sources) {
        return new Page(title, body, user, sources, script);
    }

    Page with(String file) {
        return new Page(title, body, user, targets, Optional.of(file));
    }
}

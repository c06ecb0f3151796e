package symbolai.mcp.server.http.page;

import java.util.Optional;
import java.util.regex.Pattern;

/** Tells paths of ours from addresses that lead elsewhere: after a sign-in, nobody is sent to a page of somebody else. */
final class OwnPath {

    private static final int LONGEST = 4_096;
    private static final Pattern FORM =
            Pattern.compile("/(?![/\\\\])[\\x21\\x23-\\x3b\\x3d\\x3f-\\x5b\\x5d\\x5f\\x61-\\x7a\\x7e]*");

    private OwnPath() {}

    /** The path with its query, if it is one. */
    static Optional<String> of(String text) {
        return text.length() <= LONGEST && FORM.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }
}

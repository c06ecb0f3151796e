package symbolai.mcp.server.crypto;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Recognizes secrets by their form, wherever somebody may have put one: Cloudflare's tokens, our own keys and tokens, and signed tokens (RFC 7519). What is
 * kept or logged goes through here; secrets without a form of their own are somebody else's care.
 */
public final class SecretShapes {

    private static final Pattern SHAPES = Pattern.compile(
            "(?<![A-Za-z0-9_-])"
                    + "(?:(cf(?:ut|at|k)_|smcp[a-z]{0,3}_)[A-Za-z0-9_-]{20,}|(eyJ)[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*)");

    /** How they all begin: nearly every text has none of these, and is let through without the pattern. */
    private static final List<String> BEGINNINGS = List.of("cfut_", "cfat_", "cfk_", "smcp", "eyJ");

    private SecretShapes() {}

    /** The text with nothing left of the secrets in it but how they begin. */
    public static String masked(String text) {
        return BEGINNINGS.stream().noneMatch(text::contains)
                ? text
                : SHAPES.matcher(text)
                        .replaceAll(found -> (found.group(1) == null ? found.group(2) : found.group(1)) + "***");
    }
}

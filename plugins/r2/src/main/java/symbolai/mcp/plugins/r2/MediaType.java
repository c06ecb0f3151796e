package symbolai.mcp.plugins.r2;

import java.util.Optional;
import java.util.regex.Pattern;

/** Takes a stored content type for what it says only when it is one. */
final class MediaType {

    /** The type of bytes that nothing more is known of. */
    static final String BYTES = "application/octet-stream";

    private static final Pattern TYPE =
            Pattern.compile("([A-Za-z0-9!#$&^_.+-]{1,100}/[A-Za-z0-9!#$&^_.+-]{1,100})(?:\\s*;.*)?");

    private MediaType() {}

    /** The type without its parameters. */
    static String of(Optional<String> stored) {
        return stored.map(TYPE::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1))
                .orElse(BYTES);
    }
}

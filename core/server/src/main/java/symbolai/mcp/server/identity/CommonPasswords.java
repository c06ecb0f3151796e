package symbolai.mcp.server.identity;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The passwords that everybody tries first. */
final class CommonPasswords {

    private static final String LIST = "common-passwords.txt";
    private static final int LEAST_DIFFERENT = 3;

    private final Set<String> listed = read();

    /** Whether it is on the list, however its letters are written and whatever digits and signs follow, or has hardly any different characters. */
    boolean contains(String password) {
        var lower = password.toLowerCase(Locale.ROOT);
        return lower.codePoints().distinct().count() < LEAST_DIFFERENT
                || listed.contains(lower)
                || listed.contains(lower.replaceAll("[0-9!?.@#$%*_-]{1,4}$", ""));
    }

    private static Set<String> read() {
        try (var stream = CommonPasswords.class.getResourceAsStream(LIST)) {
            if (stream == null) {
                throw new IllegalStateException("the list " + LIST + " is missing");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("the list " + LIST + " cannot be read", e);
        }
    }
}

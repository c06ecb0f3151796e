package symbolai.mcp.server.mcp.legacy;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes short texts that nobody has seen before. */
final class Nonces {

    private static final int SHORT_BYTES = 6;
    private static final int LONG_BYTES = 32;

    private final SecureRandom random;

    Nonces(SecureRandom random) {
        this.random = random;
    }

    /** One that is unlike the others. */
    String next() {
        return text(SHORT_BYTES);
    }

    /** One that cannot be guessed. */
    String secret() {
        return text(LONG_BYTES);
    }

    private String text(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

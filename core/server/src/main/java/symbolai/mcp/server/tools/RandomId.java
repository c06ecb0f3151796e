package symbolai.mcp.server.tools;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that nobody can guess. */
final class RandomId {
    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomId() {}

    static String ofBits(int bits) {
        var bytes = new byte[bits / 8];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

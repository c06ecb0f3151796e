package symbolai.mcp.server.identity;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import symbolai.mcp.api.Secret;

/**
 * What a browser shows to be known again: 256 random bits.
 *
 * @param text the cookie's value
 */
record SignInCookie(Secret text) {

    static SignInCookie random(SecureRandom random) {
        return new SignInCookie(new Secret(Base62.random(random, 256, 43)));
    }

    /** What is stored in place of it. A fast hash is enough for 256 random bits. */
    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private byte[] bytes() {
        return text.reveal().getBytes(StandardCharsets.UTF_8);
    }
}

package symbolai.mcp.server.identity;

import java.security.SecureRandom;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.crypto.Sha256;

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
        return Sha256.hex(text);
    }
}

package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC with SHA-256, and the key derivation that is built on it (RFC 5869). */
final class Hmac {

    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] SALT = "symbolai-mcp".getBytes(StandardCharsets.UTF_8);

    private Hmac() {}

    static byte[] compute(byte[] key, byte[] data) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** One block of 32 bytes, which is all that is ever asked for. */
    static byte[] hkdf(byte[] key, String info) {
        return expand(compute(SALT, key), info.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] expand(byte[] pseudoRandomKey, byte[] info) {
        var block = Arrays.copyOf(info, info.length + 1);
        block[info.length] = 1;
        return compute(pseudoRandomKey, block);
    }
}

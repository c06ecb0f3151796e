package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import symbolai.mcp.api.Secret;

/** SHA-256, which every Java runtime has. */
public final class Sha256 {

    private Sha256() {}

    /** What makes the hash of bytes that come in parts. */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java runtime has SHA-256", impossible);
        }
    }

    /** The hash of the bytes. */
    public static byte[] hash(byte[] bytes) {
        return digest().digest(bytes);
    }

    /** The hash of the bytes in hexadecimal. */
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(hash(bytes));
    }

    /** The hash of the text in hexadecimal. */
    public static String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is stored in place of a secret of 256 random bits, for which a fast hash is enough. */
    public static String hex(Secret secret) {
        return hex(secret.reveal());
    }

    /** Whether the secret is the one of a stored hash; takes as long whatever the answer is. */
    public static boolean matches(Secret secret, String hash) {
        return MessageDigest.isEqual(
                hex(secret).getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }
}

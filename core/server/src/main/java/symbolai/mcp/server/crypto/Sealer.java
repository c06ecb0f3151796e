package symbolai.mcp.server.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Encrypts values so that they can be stored or handed out, by AES-256-GCM. Safe for any thread. */
public final class Sealer {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    Sealer(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
    }

    /**
     * The value, encrypted, in base64url.
     *
     * @param associated what the value belongs to; it opens only with the same text
     */
    public String seal(byte[] plain, String associated) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, associated).doFinal(plain);
            var sealed =
                    ByteBuffer.allocate(NONCE + encrypted.length).put(nonce).put(encrypted);
            return Base64Url.encode(sealed.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** The value, unless it was changed, sealed with another key or for something else. */
    public Optional<byte[]> open(String sealed, String associated) {
        return Base64Url.decode(sealed)
                .filter(bytes -> bytes.length >= NONCE + TAG_BITS / 8)
                .flatMap(bytes -> opened(bytes, associated));
    }

    private Optional<byte[]> opened(byte[] sealed, String associated) {
        try {
            var cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), associated);
            return Optional.of(cipher.doFinal(sealed, NONCE, sealed.length - NONCE));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String associated) throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

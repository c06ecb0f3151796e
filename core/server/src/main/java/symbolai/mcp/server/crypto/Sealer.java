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

/**
 * Encrypts values so that they can be stored or handed out, by AES-256-GCM. The text begins with the name of the generation of the master key
 * that it was sealed with. Safe for any thread.
 */
public final class Sealer {

    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final int HEAD = Generation.ID + NONCE;
    private static final int TAG_BITS = 128;

    private final MasterKey master;
    private final String purpose;
    private final SecureRandom random = new SecureRandom();

    Sealer(MasterKey master, String purpose) {
        this.master = master;
        this.purpose = "seal " + purpose;
    }

    /**
     * The value, encrypted, in base64url.
     *
     * @param associated what the value belongs to; it opens only with the same text
     */
    public String seal(byte[] plain, String associated) {
        var generation = master.generations().get(0);
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        try {
            var encrypted =
                    cipher(Cipher.ENCRYPT_MODE, generation, nonce, associated).doFinal(plain);
            var body = ByteBuffer.allocate(NONCE + encrypted.length).put(nonce).put(encrypted);
            return generation.id() + Base64Url.encode(body.array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + ALGORITHM, e);
        }
    }

    /** The value, unless it was changed, sealed for something else, or with a key that is not known (any more). */
    public Optional<byte[]> open(String sealed, String associated) {
        return Base64Url.decode(sealed)
                .filter(bytes -> bytes.length >= HEAD + TAG_BITS / 8)
                .flatMap(bytes -> master.generations().stream()
                        .filter(generation -> sealed.startsWith(generation.id()))
                        .findFirst()
                        .flatMap(generation -> opened(bytes, generation, associated)));
    }

    private Optional<byte[]> opened(byte[] sealed, Generation generation, String associated) {
        try {
            var nonce = Arrays.copyOfRange(sealed, Generation.ID, HEAD);
            var cipher = cipher(Cipher.DECRYPT_MODE, generation, nonce, associated);
            return Optional.of(cipher.doFinal(sealed, HEAD, sealed.length - HEAD));
        } catch (GeneralSecurityException notOurs) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, Generation generation, byte[] nonce, String associated)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(ALGORITHM);
        var key = new SecretKeySpec(generation.derive(purpose), "AES");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}

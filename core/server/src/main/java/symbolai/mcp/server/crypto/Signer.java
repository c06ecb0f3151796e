package symbolai.mcp.server.crypto;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** Signs values that everybody may read and nobody may change, by HMAC with SHA-256. Safe for any thread. */
public final class Signer {

    private static final int SIGNATURE = 32;

    private final MasterKey master;
    private final String purpose;

    Signer(MasterKey master, String purpose) {
        this.master = master;
        this.purpose = "sign " + purpose;
    }

    /** The payload with its signature, in base64url. */
    public String sign(byte[] payload) {
        var token = Arrays.copyOf(payload, payload.length + SIGNATURE);
        System.arraycopy(Hmac.compute(master.derive(purpose), payload), 0, token, payload.length, SIGNATURE);
        return Base64Url.encode(token);
    }

    /** The payload, if the signature is this signer's, of whichever generation of the master key. */
    public Optional<byte[]> verify(String token) {
        return Base64Url.decode(token)
                .filter(bytes -> bytes.length >= SIGNATURE)
                .flatMap(this::verified);
    }

    private Optional<byte[]> verified(byte[] token) {
        var payload = Arrays.copyOf(token, token.length - SIGNATURE);
        var signature = Arrays.copyOfRange(token, payload.length, token.length);
        return master.generations().stream()
                        .map(generation -> Hmac.compute(generation.derive(purpose), payload))
                        .anyMatch(computed -> MessageDigest.isEqual(signature, computed))
                ? Optional.of(payload)
                : Optional.empty();
    }
}

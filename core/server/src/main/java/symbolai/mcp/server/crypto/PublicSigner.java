package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/**
 * Signs texts so that everybody can check them with a public key, by Ed25519. The key is derived from the newest generation of the master key;
 * so a new master key means a new public one. Safe for any thread.
 */
public final class PublicSigner {

    /** What comes before the bytes of an Ed25519 key in a PrivateKeyInfo (RFC 8410). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302e020100300506032b657004220420");
    /** What is signed to find one's own key. */
    private static final String PROBE = "probe";

    private final MasterKey master;
    private final String purpose;

    PublicSigner(MasterKey master, String purpose) {
        this.master = master;
        this.purpose = "public signature " + purpose;
    }

    /**
     * What the texts are checked with that are signed now.
     *
     * @param known where it is sought first: to derive it, Bouncy Castle must be loaded, which no usual start has to wait for
     */
    public VerifyingKey key(List<VerifyingKey> known) {
        return key(newest(), known);
    }

    /** What the texts are checked with that were signed with any generation of the master key that is there; sought in the same way. */
    public List<VerifyingKey> keys(List<VerifyingKey> known) {
        return master.generations().stream()
                .map(generation -> key(generation, known))
                .toList();
    }

    private VerifyingKey key(Generation generation, List<VerifyingKey> known) {
        var proof = sign(PROBE, generation);
        return known.stream()
                .filter(key -> key.verify(PROBE, proof))
                .findFirst()
                .orElseGet(() -> new VerifyingKey(new Ed25519PrivateKeyParameters(generation.derive(purpose), 0)
                        .generatePublicKey()
                        .getEncoded()));
    }

    private Generation newest() {
        return master.generations().get(0);
    }

    /** The name of the generation of the master key that signs now. */
    public String generation() {
        return master.newest();
    }

    /** The signature of a text, in base64url. */
    public String sign(String text) {
        return sign(text, newest());
    }

    private String sign(String text, Generation generation) {
        var derived = generation.derive(purpose);
        var bytes = Arrays.copyOf(HEAD, HEAD.length + derived.length);
        System.arraycopy(derived, 0, bytes, HEAD.length, derived.length);
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes)));
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return Base64Url.encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime cannot sign with Ed25519", e);
        }
    }
}

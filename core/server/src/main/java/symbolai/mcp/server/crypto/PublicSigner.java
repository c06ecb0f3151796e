package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/**
 * Signs texts so that everybody can check them with a public key, by Ed25519. The key is derived from the newest generation of the master key;
 * so a new master key means a new public one. Safe for any thread.
 */
public final class PublicSigner {

    private final MasterKey master;
    private final String purpose;

    PublicSigner(MasterKey master, String purpose) {
        this.master = master;
        this.purpose = "public signature " + purpose;
    }

    /** What the texts are checked with that are signed now. */
    public VerifyingKey key() {
        return new VerifyingKey(secret().generatePublicKey().getEncoded());
    }

    /** What the texts are checked with that were signed with any generation of the master key that is there. */
    public List<VerifyingKey> keys() {
        return master.generations().stream()
                .map(generation -> new Ed25519PrivateKeyParameters(generation.derive(purpose), 0))
                .map(secret -> new VerifyingKey(secret.generatePublicKey().getEncoded()))
                .toList();
    }

    /** The name of the generation of the master key that signs now. */
    public String generation() {
        return master.newest();
    }

    /** The signature of a text, in base64url. */
    public String sign(String text) {
        var signer = new Ed25519Signer();
        signer.init(true, secret());
        var payload = text.getBytes(StandardCharsets.UTF_8);
        signer.update(payload, 0, payload.length);
        return Base64Url.encode(signer.generateSignature());
    }

    private Ed25519PrivateKeyParameters secret() {
        return new Ed25519PrivateKeyParameters(master.derive(purpose), 0);
    }
}

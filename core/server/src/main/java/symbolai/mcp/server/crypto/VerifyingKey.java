package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A public key, with which everybody can check what a {@link PublicSigner} has signed. */
public final class VerifyingKey {

    private static final int LENGTH = 32;
    private static final int SIGNATURE = 64;
    /** What comes before the bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PUBLIC KEY-----\\s*([A-Za-z0-9+/=\\s]+?)\\s*-----END PUBLIC KEY-----");

    private final byte[] key;

    VerifyingKey(byte[] key) {
        this.key = key.clone();
    }

    /** The keys of a text in PEM; what is no Ed25519 key is left out. */
    public static List<VerifyingKey> read(String text) {
        var keys = new ArrayList<VerifyingKey>();
        var matcher = PEM.matcher(text);
        while (matcher.find()) {
            var bytes = Base64.getMimeDecoder().decode(matcher.group(1));
            if (bytes.length == HEAD.length + LENGTH && Arrays.equals(bytes, 0, HEAD.length, HEAD, 0, HEAD.length)) {
                keys.add(new VerifyingKey(Arrays.copyOfRange(bytes, HEAD.length, bytes.length)));
            }
        }
        return keys;
    }

    /** A short name of the key: the beginning of its SHA-256. */
    public String id() {
        return Sha256.hex(key).substring(0, 16);
    }

    /** The key in PEM, as other programs read it too. */
    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getEncoder().encodeToString(encoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /** Whether the text was signed with the private key that belongs to this one. */
    public boolean verify(String text, String signature) {
        var bytes = Base64Url.decode(signature).orElse(new byte[0]);
        if (bytes.length != SIGNATURE) {
            return false;
        }
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded())));
            verifier.update(text.getBytes(StandardCharsets.UTF_8));
            return verifier.verify(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime cannot check signatures of Ed25519", e);
        } catch (GeneralSecurityException noKeyOrNoSignature) {
            return false;
        }
    }

    private byte[] encoded() {
        var bytes = Arrays.copyOf(HEAD, HEAD.length + LENGTH);
        System.arraycopy(key, 0, bytes, HEAD.length, LENGTH);
        return bytes;
    }
}

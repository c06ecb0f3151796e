package symbolai.mcp.server.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A certificate with its private key, found to fit each other.
 *
 * @param chain the certificate, and those between it and its authority
 */
public record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {

    private static final byte[] PROBE = "does this key sign for this certificate?".getBytes(StandardCharsets.US_ASCII);

    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    /**
     * Reads both from PEM files. Blocks.
     *
     * @throws IllegalStateException when one is not what it should be, in words for the operator
     */
    public static ServerCertificate read(Path certificate, Path key) {
        refusePublic(key);
        var pair = new ServerCertificate(chain(certificate), key(key));
        if (!pair.fits()) {
            throw new IllegalStateException("the key in " + key + " is not that of the certificate in " + certificate);
        }
        return pair;
    }

    /** From when on it is no longer good. */
    public Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** The chain as PEM. */
    public String chainPem() {
        return Pem.certificates(chain);
    }

    /** The key as PEM, which is secret. */
    public String keyPem() {
        return Pem.key(key);
    }

    /** Says nothing of the key. */
    @Override
    public String toString() {
        return "ServerCertificate[" + chain.get(0).getSubjectX500Principal() + "]";
    }

    private boolean fits() {
        try {
            var algorithm = key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            var signing = Signature.getInstance(key.getAlgorithm().startsWith("Ed") ? key.getAlgorithm() : algorithm);
            signing.initSign(key);
            signing.update(PROBE);
            var signature = signing.sign();
            signing.initVerify(chain.get(0).getPublicKey());
            signing.update(PROBE);
            return signing.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static List<X509Certificate> chain(Path file) {
        try (var bytes = new ByteArrayInputStream(text(file).getBytes(StandardCharsets.US_ASCII))) {
            var chain = new ArrayList<X509Certificate>();
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(bytes)) {
                chain.add((X509Certificate) certificate);
            }
            if (!chain.isEmpty()) {
                return chain;
            }
        } catch (GeneralSecurityException | IOException malformed) {
            throw new IllegalStateException("the file " + file + " does not hold certificates in PEM", malformed);
        }
        throw new IllegalStateException("the file " + file + " does not hold a certificate in PEM");
    }

    private static PrivateKey key(Path file) {
        try (var parser = new PEMParser(new StringReader(text(file)))) {
            var converter = new JcaPEMKeyConverter();
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                if (object instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
                if (object instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
            }
        } catch (IOException | RuntimeException malformed) {
            throw new IllegalStateException("the file " + file + " does not hold a private key in PEM", malformed);
        }
        throw new IllegalStateException(
                "the file " + file + " does not hold a private key in PEM that is not encrypted");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw new IllegalStateException("the file " + file + " does not exist", missing);
        } catch (IOException unreadable) {
            throw new IllegalStateException(
                    "the file " + file + " cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** A group may share a key, as Debian's ssl-cert does; everybody may not. */
    private static void refusePublic(Path file) {
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new IllegalStateException("the TLS key " + file
                        + " can be read by everybody; make it private with: chmod o= '" + file + "'");
            }
        } catch (IOException missing) {
            text(file);
        }
    }
}

package symbolai.mcp.server.crypto;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/** Writes certificates and keys as PEM. */
final class Pem {

    private static final int LINE = 64;

    private Pem() {}

    static String certificates(List<X509Certificate> chain) {
        return chain.stream().map(Pem::certificate).collect(Collectors.joining());
    }

    static String key(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    private static String certificate(X509Certificate certificate) {
        try {
            return block("CERTIFICATE", certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read cannot be written", e);
        }
    }

    private static String block(String type, byte[] content) {
        var base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }
}

package symbolai.mcp.server.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCertificateTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalAuthority AUTHORITY = LocalAuthority.create("Ada's authority", NOW);
    private static final ServerCertificate GOOD = AUTHORITY.issue(List.of("localhost", "127.0.0.1", "::1"), NOW);

    @TempDir
    Path folder;

    @Test
    void whatTheAuthorityIssuesIsReadAgain() throws IOException {
        var read = ServerCertificate.read(file("a.pem", GOOD.chainPem()), file("a.key", GOOD.keyPem()));

        assertThat(read).isEqualTo(GOOD);
        assertThat(read.toString()).doesNotContain("PRIVATE").contains("localhost");
        assertThat(Duration.between(NOW, read.expires())).isBetween(Duration.ofDays(396), Duration.ofDays(397));
    }

    @Test
    void aServerIsCertifiedForItsNamesAndForNothingElse() throws GeneralSecurityException {
        var server = GOOD.chain().get(0);

        assertThat(server.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        server.verify(GOOD.chain().get(1).getPublicKey());
        assertThat(GOOD.chain().get(1).getBasicConstraints()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void aKeyOfAnotherCertificateIsRefused(String algorithm) throws GeneralSecurityException, IOException {
        var other = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        var pem = "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(other.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";

        assertThatThrownBy(() -> ServerCertificate.read(file("a.pem", GOOD.chainPem()), file("a.key", pem)))
                .hasMessageContaining("is not that of the certificate in");
    }

    @ParameterizedTest
    @CsvSource({
        "'', GOOD, does not hold a certificate in PEM",
        "junk, GOOD, does not hold",
        "'-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', GOOD, does not hold certificates in PEM",
        "GOOD, '', does not hold a private key in PEM",
        "GOOD, junk, does not hold a private key in PEM",
        "GOOD, '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n', does not hold a private key in PEM",
        "GOOD, '-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAAA\n-----END ENCRYPTED PRIVATE KEY-----\n', private key in PEM",
    })
    void whatIsNotAPairIsRefusedInWords(String certificate, String key, String problem) throws IOException {
        var chain = file("a.pem", certificate.equals("GOOD") ? GOOD.chainPem() : certificate);
        var secret = file("a.key", key.equals("GOOD") ? GOOD.keyPem() : key);

        assertThatThrownBy(() -> ServerCertificate.read(chain, secret))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aKeyThatEverybodyReadsIsRefused() throws IOException {
        var key = file("a.key", GOOD.keyPem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> ServerCertificate.read(file("a.pem", GOOD.chainPem()), key))
                .hasMessageContaining("can be read by everybody; make it private with: chmod o=");
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        var certificate = file("a.pem", GOOD.chainPem());

        assertThatThrownBy(() -> ServerCertificate.read(certificate, folder.resolve("none.key")))
                .hasMessageContaining("none.key does not exist");
    }

    private Path file(String name, String text) throws IOException {
        var file = Files.writeString(folder.resolve(name), text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}

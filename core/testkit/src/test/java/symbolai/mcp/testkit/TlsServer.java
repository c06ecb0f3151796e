package symbolai.mcp.testkit;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.TlsConfig;
import symbolai.mcp.server.crypto.LocalAuthority;

/** A server with TLS, and what a client needs to trust it. */
record TlsServer(TestServer server, SSLContext tls) implements AutoCloseable {

    static TlsServer start(Path folder) throws IOException, GeneralSecurityException {
        var authority = LocalAuthority.create("Test", Instant.now());
        var pair = authority.issue(List.of("localhost", "127.0.0.1"), Instant.now());
        var certificate = Files.writeString(folder.resolve("server.pem"), pair.chainPem());
        var key = Files.createFile(
                folder.resolve("server.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pair.keyPem());
        var http = new HttpConfig("127.0.0.1", 0, Optional.empty(), List.of(), List.of(), true, 1 << 20)
                .withTls(new TlsConfig(certificate, key));
        var server = TestServer.start(folder, List.of(), config -> TestServer.withHttp(config, http));
        return new TlsServer(server, trusting(authority.certificatePem()));
    }

    int port() {
        return server.server().port();
    }

    @Override
    public void close() {
        server.close();
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(Buffer.buffer(pem).getBytes())));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }
}

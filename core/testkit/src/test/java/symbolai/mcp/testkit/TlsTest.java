package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.api.Role;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.TlsConfig;
import symbolai.mcp.server.crypto.LocalAuthority;
import symbolai.mcp.server.crypto.ServerCertificate;

/** The listener with TLS: both versions of HTTP, certificates that change, and what it says to browsers. */
class TlsTest {

    private static final LocalAuthority AUTHORITY = LocalAuthority.create("Test", Instant.now());

    @TempDir
    static Path folder;

    private static Path certificate;
    private static Path key;
    private static TestServer server;
    private static String apiKey;
    private static Vertx vertx;

    @BeforeAll
    static void start() throws IOException {
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server.key");
        write(AUTHORITY.issue(List.of("localhost", "127.0.0.1"), Instant.now()));
        var http = new HttpConfig(
                        "127.0.0.1",
                        0,
                        Optional.of(URI.create("https://mcp.example.com")),
                        List.of(),
                        List.of(),
                        true,
                        1 << 20)
                .withTls(new TlsConfig(certificate, key));
        server = TestServer.start(folder, List.of(TestServer.FIXTURES), config -> TestServer.withHttp(config, http));
        apiKey = server.key("ada", Role.ADMIN);
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().await();
        server.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpVersion.class,
            names = {"HTTP_1_1", "HTTP_2"})
    void aToolIsCalled(HttpVersion version) {
        var client = client(version);

        var response = client.request(post())
                .compose(request -> request.send(message("tools/list")).compose(TlsTest::whole))
                .await();

        assertThat(response.response().version()).isEqualTo(version);
        assertThat(response.response().statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("test_simple_text");
        client.close().await();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // authority, Host or -, status or 0 where the stream is reset
                "localhost, -, 200",
                "127.0.0.1, -, 200",
                "mcp.example.com, -, 200",
                "evil.com, -, 403",
                "localhost.evil.com, -, 403",
                "localhost, evil.com, 0",
                "evil.com, localhost, 0",
                "localhost, mcp.example.com, 0",
            })
    void row1TheAuthorityOfHttp2IsCheckedLikeAHost(String authority, String host, int status) {
        var client = client(HttpVersion.HTTP_2);
        var options = new RequestOptions().setMethod(HttpMethod.GET).setURI("/livez");

        var answered = client.request(options)
                .compose(request -> {
                    request.authority(HostAndPort.create(authority, -1));
                    Optional.ofNullable(host).ifPresent(name -> request.putHeader("Host", name));
                    return request.send().map(HttpClientResponse::statusCode);
                })
                .recover(failure -> failure instanceof StreamResetException
                        ? Future.succeededFuture(0)
                        : Future.failedFuture(failure))
                .await();

        assertThat(answered).isEqualTo(status);
        client.close().await();
    }

    /** A client that knows the announced limit does not even send what is beyond. */
    @ParameterizedTest
    @CsvSource({"20000, 200", "40000, 431"})
    void theHeadersOfHttp2HaveALimit(int length, int status) {
        var client = client(HttpVersion.HTTP_2);
        var options =
                new RequestOptions().setMethod(HttpMethod.GET).setURI("/livez").putHeader("X-Long", "x".repeat(length));

        var answered = client.request(options)
                .compose(request -> request.send().map(HttpClientResponse::statusCode))
                .recover(failure -> Future.succeededFuture(431))
                .await();

        assertThat(answered).isEqualTo(status);
        client.close().await();
    }

    @Test
    void browsersAreToldToComeByTlsOnlyWhereThatHurtsNobody() {
        assertThat(hsts("mcp.example.com")).isEqualTo("max-age=31536000");
        assertThat(hsts("localhost")).isNull();
        assertThat(hsts("127.0.0.1")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1"})
    void oldTlsIsNotSpoken(String protocol) {
        assertThatThrownBy(() -> handshake(protocol)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void newTlsIsSpoken(String protocol) throws GeneralSecurityException, IOException {
        assertThat(handshake(protocol)).isNotEmpty();
    }

    @Test
    void plainHttpGetsNoAnswer() throws IOException {
        var answer = new RawHttp(server.server().port()).send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(answer).doesNotContain("200");
    }

    @Test
    void aNewCertificateIsShownWithoutAFailedRequest() throws GeneralSecurityException, IOException {
        var before = serial();
        var failed = new AtomicInteger();
        var done = new AtomicInteger();
        var goOn = new AtomicBoolean(true);
        var load = List.of(client(HttpVersion.HTTP_1_1), client(HttpVersion.HTTP_2));
        load.forEach(client -> call(client, goOn, done, failed));

        Files.writeString(certificate, "half a cop");
        Awaitility.await().during(Duration.ofSeconds(3)).until(() -> serial().equals(before));
        var renewed = AUTHORITY.issue(List.of("localhost", "127.0.0.1"), Instant.now());
        write(renewed);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        serial().equals(renewed.chain().get(0).getSerialNumber().toString(16)));
        var atChange = done.get();
        Awaitility.await().until(() -> done.get() > atChange + 20);
        goOn.set(false);
        assertThat(failed).hasValue(0);
        load.forEach(client -> client.close().await());
    }

    /** A new connection for each request, so that each shakes hands. */
    private static void call(HttpClient client, AtomicBoolean goOn, AtomicInteger done, AtomicInteger failed) {
        if (!goOn.get()) {
            return;
        }
        client.request(new RequestOptions().setMethod(HttpMethod.GET).setURI("/livez"))
                .compose(request -> request.send()
                        .compose(TlsTest::whole)
                        .eventually(() -> request.connection().close()))
                .onComplete(answer -> (answer.succeeded()
                                        && answer.result().response().statusCode() == 200
                                ? done
                                : failed)
                        .incrementAndGet())
                .onComplete(answer -> vertx.setTimer(5, next -> call(client, goOn, done, failed)));
    }

    private static String serial() throws GeneralSecurityException, IOException {
        return ((X509Certificate) handshake("TLSv1.3")[0]).getSerialNumber().toString(16);
    }

    private static Certificate[] handshake(String protocol) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust(), null);
        try (var socket = (SSLSocket) context.getSocketFactory()
                .createSocket("127.0.0.1", server.server().port())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.setSoTimeout(10_000);
            socket.startHandshake();
            return socket.getSession().getPeerCertificates();
        }
    }

    private static TrustManager[] trust() throws GeneralSecurityException, IOException {
        var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        var pem = new ByteArrayInputStream(AUTHORITY.certificatePem().getBytes(StandardCharsets.US_ASCII));
        trusted.setCertificateEntry(
                "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static @Nullable String hsts(String authority) {
        var client = client(HttpVersion.HTTP_2);
        var response = client.request(
                        new RequestOptions().setMethod(HttpMethod.GET).setURI("/livez"))
                .compose(request -> request.authority(HostAndPort.create(authority, -1))
                        .send()
                        .compose(TlsTest::whole))
                .await();
        client.close().await();
        return response.response().getHeader("Strict-Transport-Security");
    }

    private static HttpClient client(HttpVersion version) {
        return vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setProtocolVersion(version)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(AUTHORITY.certificatePem())))
                .setDefaultHost("localhost")
                .setDefaultPort(server.server().port()));
    }

    private static RequestOptions post() {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setURI("/mcp")
                .putHeader("Authorization", "Bearer " + apiKey)
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/json, text/event-stream")
                .putHeader("MCP-Protocol-Version", "2026-07-28")
                .putHeader("Mcp-Method", "tools/list");
    }

    private static Buffer message(String method) {
        return new ModernSession(server.client())
                .message(method, new JsonObject())
                .toBuffer();
    }

    private record Whole(HttpClientResponse response, String body) {}

    private static Future<Whole> whole(HttpClientResponse response) {
        return response.body().map(body -> new Whole(response, body.toString()));
    }

    private static void write(ServerCertificate pair) throws IOException {
        Files.writeString(certificate, pair.chainPem());
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pair.keyPem());
    }
}

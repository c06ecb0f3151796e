package symbolai.mcp.server.identity.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.done;
import static symbolai.mcp.server.identity.oauth.OAuthHouse.failure;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import symbolai.mcp.server.crypto.LocalAuthority;

/** Security row 12: what strangers can make this server fetch. */
class DocumentFetchTest {

    private static final LocalAuthority AUTHORITY = LocalAuthority.create("test", Instant.now());

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private int port;
    private Handler<HttpServerRequest> handler = request -> json(request, "{}");

    @BeforeEach
    void listen() {
        var certificate = AUTHORITY.issue(List.of("app.example.com"), Instant.now());
        var options = new HttpServerOptions()
                .setSsl(true)
                .setCompressionSupported(false)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate.chainPem()))
                        .setKeyValue(Buffer.buffer(certificate.keyPem())));
        var server = vertx.createHttpServer(options)
                .connectionHandler(connection -> {
                    connections.incrementAndGet();
                    open.incrementAndGet();
                    connection.closeHandler(closed -> open.decrementAndGet());
                })
                .requestHandler(request -> handler.handle(request));
        port = done(server.listen(0, "127.0.0.1")).actualPort();
    }

    @AfterEach
    void close() {
        done(vertx.close());
    }

    @Test
    void aDocumentIsFetchedFromTheAddressThatWasLookedAt() {
        var fetched = done(trusting().fetch(url("/client.json")));

        assertThat(fetched.body().toString()).isEqualTo("{}");
        assertThat(fetched.fresh()).isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @CsvSource({
        "max-age=60, PT1M",
        "'public, max-age=3600', PT1H",
        "max-age=99999999, PT24H",
        "no-store, PT0S",
        "'no-cache, max-age=60', PT0S",
        "max-age=0, PT0S",
        "nonsense, PT5M",
    })
    void itIsKeptAsLongAsItsServerSaysAndADayAtMost(String control, Duration kept) {
        handler = request -> {
            request.response().putHeader("Cache-Control", control);
            json(request, "{}");
        };

        assertThat(done(trusting().fetch(url("/c"))).fresh()).isEqualTo(kept);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.8.9.10",
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "192.0.0.1",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::1",
                "::",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "::127.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::1",
                "2002:7f00:1::1",
                "2001::1",
                "2001:db8::1",
                "3fff::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1",
                "100::1"
            })
    void row12NothingIsFetchedFromAnAddressThatIsNotPublic(String address) throws UnknownHostException {
        var inside = InetAddress.getByName(address);
        var outside = InetAddress.getByName("93.184.216.34");

        assertThat(PublicAddresses.contain(inside)).isFalse();
        for (var answer : List.of(List.of(inside), List.of(outside, inside), List.of(inside, outside))) {
            var fetch = new DocumentFetch(
                    vertx, new HttpClientOptions(), host -> Future.succeededFuture(answer), PublicAddresses::contain);
            assertThat(failure(fetch.fetch(url("/c")))).hasMessage("its host is not on the public internet");
        }
        assertThat(connections).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.216.34",
                "1.1.1.1",
                "172.15.0.1",
                "172.32.0.1",
                "100.128.0.1",
                "2606:4700::1111",
                "2a00:1450::1"
            })
    void publicAddressesArePublic(String address) throws UnknownHostException {
        assertThat(PublicAddresses.contain(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://app.example.com/c",
                "https://app.example.com",
                "https://app.example.com/",
                "https://user@app.example.com/c",
                "https://app.example.com/c#f",
                "https://app.example.com/../c",
                "https://app.example.com/%2e%2e/c",
                "https://app.example.com/a/./c",
                "https://localhost/c",
                "https://localhost./c",
                "https://app.example.com./c",
                "https://127.0.0.1/c",
                "https://2130706433/c",
                "https://0x7f.1/c",
                "https://0177.0.0.1/c",
                "https://[::1]/c",
                "https://[::ffff:127.0.0.1]/c",
                "https://app/c",
                "https://app.example.com:0/c",
                "https://app.example.com:99999/c",
                "https://app.example.com\\@127.0.0.1/c",
                "https://app.example.com/c d",
                "https://app.example.com/c\r\nx",
                "https://ex\u0430mple.com/c",
                "file:///etc/passwd",
                "ftp://app.example.com/c",
                "gopher://app.example.com/c",
                "HTTPS://app.example.com/c",
                "https://app_.example.com/c",
                "https://-app.example.com/c",
                ""
            })
    void row12TheseAreNoDocumentUrls(String url) {
        assertThat(DocumentUrl.parse(url)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://claude.ai/oauth/claude-code-client-metadata", "https://app.example.com:8443/a/b?c=d"})
    void theseAre(String url) {
        assertThat(DocumentUrl.parse(url)).contains(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308, 201, 404, 500})
    void row12NoRedirectIsFollowedAndNoOtherStatusTaken(int status) {
        var asked = new AtomicInteger();
        handler = request -> {
            asked.incrementAndGet();
            request.response()
                    .putHeader("Location", "https://127.0.0.1:" + port + "/other")
                    .setStatusCode(status);
            json(request, "{}");
        };

        assertThat(failure(trusting().fetch(url("/c"))))
                .hasMessage("it was answered with the status " + status + ", not 200");
        assertThat(asked).hasValue(1);
    }

    @Test
    void row12ALargeBodyIsCut() {
        handler = request -> {
            var response = request.response().setChunked(true).putHeader("Content-Type", "application/json");
            response.exceptionHandler(gone -> {});
            for (var i = 0; i < 1_024; i++) {
                response.write(" ".repeat(1_024));
            }
        };

        assertThat(failure(trusting().fetch(url("/c")))).hasMessage("it has more than 5120 bytes");
        Awaitility.await().until(() -> open.get() == 0);
    }

    @Test
    void row12ACompressedBodyIsNotOpened() {
        handler = request -> {
            request.response().putHeader("Content-Encoding", "gzip");
            json(request, "x");
        };

        assertThat(failure(trusting().fetch(url("/c")))).hasMessage("it is compressed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain", "application/jsonx", "image/png", ""})
    void row12AnotherTypeIsRefused(String type) {
        handler = request -> request.response().putHeader("Content-Type", type).end("{}");

        assertThat(failure(trusting().fetch(url("/c")))).hasMessage("it is not of the type application/json");
    }

    @Test
    void row12ASlowAnswerIsGivenUp() {
        handler = request -> {};
        var before = System.nanoTime();

        assertThat(failure(trusting().fetch(url("/c")))).hasMessage("it could not be fetched");

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void row12AConnectionThatComesTooLateIsGivenUp() {
        var asked = new AtomicInteger();
        handler = request -> {
            asked.incrementAndGet();
            request.response()
                    .setChunked(true)
                    .putHeader("Content-Type", "application/json")
                    .write(" ");
        };
        var looked = Promise.<List<InetAddress>>promise();

        assertThat(failure(trusting(host -> looked.future()).fetch(url("/c")))).hasMessage("it could not be fetched");
        looked.complete(List.of(InetAddress.getLoopbackAddress()));

        Awaitility.await().until(() -> connections.get() == 1 && open.get() == 0);
        assertThat(asked).hasValue(0);
    }

    @Test
    void row12ADrippingAnswerIsGivenUp() {
        handler = request -> {
            var response = request.response().setChunked(true).putHeader("Content-Type", "application/json");
            response.exceptionHandler(gone -> {});
            vertx.setPeriodic(100, drop -> response.write(" "));
        };

        assertThat(failure(trusting().fetch(url("/c")))).hasMessage("it could not be fetched");

        Awaitility.await().until(() -> open.get() == 0);
    }

    @Test
    void row12HostsThatAreNeverAnsweredFillNoOtherThreads() {
        var lookup = new HostLookup(vertx);
        var answered = new CountDownLatch(1);
        var waiting = IntStream.range(0, 20)
                .mapToObj(i -> lookup.run(() -> {
                    answered.await();
                    return i;
                }))
                .toList();

        assertThat(failure(lookup.resolve("app.example.com")))
                .hasMessage("too many hosts are being looked up at this moment");
        assertThat(done(vertx.executeBlocking(() -> "free"))).isEqualTo("free");

        answered.countDown();
        done(Future.all(waiting));
        assertThat(done(lookup.resolve("127.0.0.1"))).containsExactly(InetAddress.getLoopbackAddress());
        done(lookup.close());
    }

    @Test
    void row12ANameThatAnswersDifferentlyTheSecondTimeIsNotAskedASecondTime() throws UnknownHostException {
        var asked = new AtomicInteger();
        var inside = InetAddress.getByName("127.0.0.1");
        var outside = InetAddress.getByName("192.0.2.1");
        var fetch = new DocumentFetch(
                vertx,
                new HttpClientOptions(),
                host -> Future.succeededFuture(List.of(asked.getAndIncrement() == 0 ? outside : inside)),
                address -> address.equals(outside));

        assertThat(failure(fetch.fetch(url("/c")))).hasMessage("it could not be fetched");
        assertThat(asked).hasValue(1);
        assertThat(connections).hasValue(0);
    }

    @Test
    void aServerWithoutACertificateForTheNameIsNotBelieved() {
        assertThat(failure(trusting().fetch(URI.create("https://other.example.com:" + port + "/c"))))
                .hasMessage("it could not be fetched");
    }

    private DocumentFetch trusting() {
        return trusting(host -> Future.succeededFuture(List.of(InetAddress.getLoopbackAddress())));
    }

    private DocumentFetch trusting(DocumentFetch.Resolver resolver) {
        var options = new HttpClientOptions()
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(AUTHORITY.certificatePem())));
        return new DocumentFetch(vertx, options, resolver, InetAddress::isLoopbackAddress);
    }

    private URI url(String path) {
        return URI.create("https://app.example.com:" + port + path);
    }

    private static void json(HttpServerRequest request, String body) {
        request.response().putHeader("Content-Type", "application/json").end(body);
    }
}

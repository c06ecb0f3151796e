package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.config.HttpConfig;
import symbolai.mcp.server.config.TlsConfig;
import symbolai.mcp.server.crypto.LocalAuthority;
import symbolai.mcp.server.identity.Authenticator;

/** What a browser keeps of a sign-in that came by TLS. */
class TlsCookiesTest {

    private static final LocalAuthority AUTHORITY = LocalAuthority.create("Test", Instant.now());
    private static final String PASSWORD = "seven small stones";
    private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]*)\"");

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Vertx vertx;
    private static HttpClient client;

    private record Answer(HttpClientResponse response, String body) {

        List<String> cookies() {
            return response.headers().getAll("Set-Cookie");
        }
    }

    @BeforeAll
    static void start() throws IOException {
        var pair = AUTHORITY.issue(List.of("localhost"), Instant.now());
        var certificate = Files.writeString(folder.resolve("server.pem"), pair.chainPem());
        var key = Files.createFile(
                folder.resolve("server.key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, pair.keyPem());
        var http = new HttpConfig("127.0.0.1", 0, Optional.empty(), List.of(), List.of(), true, 1 << 20)
                .withTls(new TlsConfig(certificate, key));
        server = TestServer.start(folder, List.of(), config -> TestServer.withHttp(config, http));
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "ada", Role.ADMIN, new Secret(PASSWORD))
                .await();
        vertx = Vertx.vertx();
        client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(AUTHORITY.certificatePem())))
                .setDefaultHost("localhost")
                .setDefaultPort(server.server().port()));
    }

    @AfterAll
    static void stop() {
        client.close().await();
        vertx.close().await();
        server.close();
    }

    @Test
    void theCookieIsTiedToThisHostAndToTls() {
        var page = send(HttpMethod.GET, "/sign-in", "", "");
        var stranger = page.cookies().get(0);
        var csrf = CSRF.matcher(page.body());
        assertThat(csrf.find()).isTrue();

        var signedIn = send(
                HttpMethod.POST,
                "/sign-in",
                stranger.substring(0, stranger.indexOf(';')),
                form(Map.of("name", "ada", "password", PASSWORD, "csrf", csrf.group(1))));

        assertThat(stranger).matches("__Host-[a-z-]+=[0-9a-f]{64}; Path=/; Secure; HTTPOnly; SameSite=Lax");
        assertThat(signedIn.cookies())
                .anySatisfy(cookie -> assertThat(cookie)
                        .matches("__Host-symbolai=[0-9A-Za-z]{43}; Path=/; Secure; HTTPOnly; SameSite=Lax"));
        var value = signedIn.cookies().stream()
                .filter(cookie -> cookie.startsWith("__Host-symbolai="))
                .map(cookie -> cookie.substring("__Host-symbolai=".length(), cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
        assertThat(account("__Host-symbolai=" + value)).isEqualTo(200);
        assertThat(account("symbolai=" + value)).isEqualTo(303);
        assertThat(account("__host-symbolai=" + value)).isEqualTo(303);
        assertThat(account("__Host-symbolai=" + value + "; symbolai=" + "A".repeat(43)))
                .isEqualTo(200);
    }

    private static int account(String cookie) {
        return send(HttpMethod.GET, "/account", cookie, "").response().statusCode();
    }

    private static Answer send(HttpMethod method, String path, String cookie, String form) {
        var options = new RequestOptions()
                .setMethod(method)
                .setURI(path)
                .putHeader("Origin", "https://localhost:" + server.server().port())
                .putHeader("Content-Type", "application/x-www-form-urlencoded");
        if (!cookie.isEmpty()) {
            options.putHeader("Cookie", cookie);
        }
        return client.request(options)
                .compose(request -> request.send(Buffer.buffer(form)))
                .compose(response -> response.body().map(body -> new Answer(response, body.toString())))
                .await();
    }

    private static String form(Map<String, String> fields) {
        var form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&")
                .append(name)
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return form.toString();
    }
}

package symbolai.mcp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import symbolai.mcp.api.Role;
import symbolai.mcp.api.Secret;
import symbolai.mcp.server.identity.Authenticator;

/** Names that are none, given to the server as those of users. */
class HostileNamesTest {

    private static final String PASSWORD = "seven small stones";
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern HIDDEN = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\x{2028}\\x{2029}]");

    @TempDir
    Path folder;

    private TestServer server;
    private FormBrowser ada;

    @BeforeEach
    void start() {
        server = TestServer.start(folder);
        server.server()
                .users()
                .create(Authenticator.localAdmin(), "ada", Role.ADMIN, new Secret(PASSWORD))
                .await();
        ada = new FormBrowser(server);
        ada.signIn("ada", PASSWORD);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void row31NobodyIsCalledWhatIsNoName() {
        for (var text : HostileTexts.all()) {
            var created = rest(ada, "users/create", new JsonObject().put("name", text));

            assertThat(created.status()).as(text).isEqualTo(NAME.matcher(text).matches() ? 200 : 400);
            assertThat(created.body()).doesNotContainPattern(HIDDEN);
        }

        var users = ada.rest(HttpMethod.GET, "users/list", new JsonObject());
        assertThat(users.json().getJsonArray("users"))
                .extracting(user -> ((JsonObject) user).getString("name"))
                .contains("ada")
                .allMatch(NAME.asMatchPredicate());
        assertThat(records()).allMatch(HostileNamesTest::isOneLine);
    }

    @Test
    void row31NobodySignsInAsWhatIsNoName() {
        var texts = HostileTexts.all().stream()
                .filter(text -> text.length() < 1_000)
                .toList();
        for (var text : texts) {
            var refused = rest(
                    new FormBrowser(server),
                    "auth/sign-in",
                    new JsonObject().put("name", text).put("password", "eight small stones"));

            assertThat(refused.status()).as(text).isIn(401, 429);
            assertThat(refused.body()).doesNotContainPattern(HIDDEN);
        }

        assertThat(records())
                .filteredOn(line -> line.contains("sign-in.refused"))
                .hasSizeGreaterThan(10)
                .allMatch(HostileNamesTest::isOneLine);
    }

    private static HttpAnswer rest(FormBrowser browser, String path, JsonObject body) {
        var whole = path.startsWith("users") ? body.put("role", "viewer") : body;
        return browser.rest(HttpMethod.POST, path, whole);
    }

    private static boolean isOneLine(String line) {
        return line.chars().allMatch(octet -> octet >= ' ' && octet <= '~')
                && new JsonObject(line).containsKey("event");
    }

    private Stream<String> records() {
        try (var files = Files.list(folder.resolve("data").resolve("audit"))) {
            return files
                    .filter(file -> file.toString().endsWith(".jsonl"))
                    .flatMap(HostileNamesTest::lines)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            return Arrays.stream(
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
